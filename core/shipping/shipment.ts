import type { Address } from '#core/address/address.ts'
import type { Declaration } from '#core/customs/declaration.ts'
import type { ConnectionId, DocumentId, OrderId, OutboxId, PoolId, ShipmentId } from '#core/shared/ids.ts'
import type { Money } from '#core/money/money.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { issue, type Issue } from '#core/shared/issue.ts'

export const SHIPMENT_STATES = [
  'draft',
  'numbered',
  'label_stored',
  'printed',
  'handed_over',
  'voided',
] as const
export type ShipmentState = (typeof SHIPMENT_STATES)[number]

/** A label that is bought from a carrier. */
export interface Purchase {
  /** The carrier's. */
  connectionId: ConnectionId
  /** Its row in the outbox; the same over every attempt, and afterwards the key by which the carrier knows it. */
  intentId: OutboxId
  /** What is asked for; null once it was bought, or given up: buyers' addresses stay with their orders. */
  asked: { from: Address; to: Address } | null
  /** Null until it was bought. */
  remoteId: string | null
  cost: Money | null
  /** Absent while nobody asked the carrier to take the label back. */
  voiding?: Voiding | undefined
}

/**
 * A bought label is given back to its carrier. Until the carrier has said, it is neither used nor thrown away; refused, it is as good
 * as before.
 */
export interface Voiding {
  /** Its row in the outbox; the same over every attempt. */
  intentId: OutboxId
  state: 'asked' | 'voided' | 'refused'
  /** Why it was refused. */
  refusal: Issue | null
}

/** One parcel, over one or more orders of the same buyer. */
export interface Shipment {
  id: ShipmentId
  orderIds: OrderId[]
  connectionId: ConnectionId
  /** Null when the number is not from a pool of ours. */
  poolId: PoolId | null
  service: string
  /** Null until there is one: IndexedDB leaves null out of the unique index, so there may be many of them. */
  trackingNumber: string | null
  state: ShipmentState
  /** Weight of the packed parcel; 0 while unknown. */
  grossGrams: number
  sizeMm: { length: number; width: number; height: number } | null
  declaration: Declaration | null
  /** Destination rules that held when it was labelled; absent on shipments from before that was kept. */
  ruleIds?: string[] | undefined
  /** The stored label; null until its bytes are safe. */
  documentId: DocumentId | null
  /** Absent when the number is our own. */
  purchase?: Purchase | undefined
  /** Epoch ms. */
  createdAt: number
  updatedAt: number
}

/**
 * Where a shipment may go from each state. A carrier that answers with number and label at once skips
 * `numbered`; a printed label may be made anew (label_stored) after a paper jam or a corrected address; what
 * has left the house stays so.
 */
export const SHIPMENT_MOVES: Readonly<Record<ShipmentState, readonly ShipmentState[]>> = {
  draft: ['numbered', 'label_stored', 'voided'],
  numbered: ['label_stored', 'voided'],
  label_stored: ['label_stored', 'printed', 'voided'],
  printed: ['label_stored', 'printed', 'handed_over', 'voided'],
  handed_over: [],
  voided: [],
}

/** What must be known once a shipment is in a state. */
const NEEDED: Readonly<Partial<Record<ShipmentState, readonly ('trackingNumber' | 'documentId')[]>>> = {
  numbered: ['trackingNumber'],
  label_stored: ['trackingNumber', 'documentId'],
  printed: ['trackingNumber', 'documentId'],
  handed_over: ['trackingNumber', 'documentId'],
}

/** The number as text; '' while there is none. */
export function numberOf({ trackingNumber }: Pick<Shipment, 'trackingNumber'>): string {
  return trackingNumber ?? ''
}

/** True while a carrier is asked for its label: nobody knows yet whether it was sold. */
export function isBeingBought({ state, purchase }: Pick<Shipment, 'state' | 'purchase'>): boolean {
  return state === 'draft' && purchase !== undefined
}

/** True while its carrier is asked to take the label back: it may be worth nothing any more. */
export function isVoidAsked({ purchase }: Pick<Shipment, 'purchase'>): boolean {
  return purchase?.voiding?.state === 'asked'
}

/** The shipment with this said of giving its label back; null when nobody wishes that any more. One of our own stays as it is. */
export function withVoiding(shipment: Shipment, voiding: Voiding | null, now: number): Shipment {
  if (shipment.purchase === undefined) return shipment
  const purchase = { ...shipment.purchase }
  if (voiding === null) delete purchase.voiding
  else purchase.voiding = voiding
  return { ...shipment, purchase, updatedAt: now }
}

/** Facts that come with a move. */
export type ShipmentFacts = Partial<
  Pick<
    Shipment,
    'poolId' | 'trackingNumber' | 'documentId' | 'declaration' | 'grossGrams' | 'sizeMm' | 'purchase'
  >
>

/**
 * The shipment in its next state. Arriving where it already is, with no new facts, changes nothing (a
 * repeated message is not a failure). A tracking number, once there, never changes: it is on paper. Fails
 * with `conflict.shipment-move` (field `state`), `conflict.tracking-number-fixed`, or `invalid-input`
 * trackingNumber-missing, documentId-missing.
 */
export function advanceShipment(
  shipment: Shipment,
  to: ShipmentState,
  now: number,
  facts: ShipmentFacts = {},
): Result<Shipment> {
  const same = to === shipment.state
  if (same && Object.keys(facts).length === 0) return ok(shipment)
  if (!SHIPMENT_MOVES[shipment.state].includes(to))
    return err(issue('conflict', { reason: 'shipment-move', field: 'state' }))
  const next: Shipment = { ...shipment, ...facts, state: to, updatedAt: now }
  if (shipment.trackingNumber !== null && next.trackingNumber !== shipment.trackingNumber)
    return err(issue('conflict', { reason: 'tracking-number-fixed', field: 'trackingNumber' }))
  const missing = NEEDED[to]?.find((field) => !next[field])
  if (missing !== undefined)
    return err(issue('invalid-input', { reason: `${missing}-missing`, field: missing }))
  return ok(next)
}
