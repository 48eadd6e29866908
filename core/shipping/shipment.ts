import type { Declaration } from '#core/customs/declaration.ts'
import type { ConnectionId, DocumentId, OrderId, PoolId, ShipmentId } from '#core/shared/ids.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { issue } from '#core/shared/issue.ts'

export const SHIPMENT_STATES = [
  'draft',
  'numbered',
  'label_stored',
  'printed',
  'handed_over',
  'voided',
] as const
export type ShipmentState = (typeof SHIPMENT_STATES)[number]

/** One parcel, over one or more orders of the same buyer. */
export interface Shipment {
  id: ShipmentId
  orderIds: OrderId[]
  connectionId: ConnectionId
  /** Null when the number is not from a pool of ours. */
  poolId: PoolId | null
  service: string
  trackingNumber: string
  state: ShipmentState
  /** Weight of the packed parcel; 0 while unknown. */
  grossGrams: number
  sizeMm: { length: number; width: number; height: number } | null
  declaration: Declaration | null
  /** The stored label; null until its bytes are safe. */
  documentId: DocumentId | null
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

/** Facts that come with a move. */
export type ShipmentFacts = Partial<
  Pick<Shipment, 'poolId' | 'trackingNumber' | 'documentId' | 'declaration' | 'grossGrams' | 'sizeMm'>
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
  if (shipment.trackingNumber !== '' && next.trackingNumber !== shipment.trackingNumber)
    return err(issue('conflict', { reason: 'tracking-number-fixed', field: 'trackingNumber' }))
  const missing = NEEDED[to]?.find((field) => !next[field])
  if (missing !== undefined)
    return err(issue('invalid-input', { reason: `${missing}-missing`, field: missing }))
  return ok(next)
}
