import type { ConnectionId, OutboxId, ShipmentId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import type { Money } from '#core/money/money.ts'

/**
 * Where a change that must reach a remote stands.
 * queued: may go from `nextAttemptAt` on (a new change rests a moment, so that it can be undone) ·
 * leased: being sent · accepted: the remote took it and does not show it yet; it leaves when a reading shows it ·
 * waiting: will be tried again at `nextAttemptAt` ·
 * blocked-conflict: a person must choose · blocked-auth: the connection asks for sign-in ·
 * needs-attention: the remote refused it; a person must look.
 */
export const OUTBOX_STATES = [
  'queued',
  'leased',
  'accepted',
  'waiting',
  'blocked-conflict',
  'blocked-auth',
  'needs-attention',
] as const
export type OutboxState = (typeof OUTBOX_STATES)[number]

/** What is sent, by kind. More kinds join here. `before` is what the remote had when the change was made. */
export interface OutboxPayloads {
  'confirm-shipment': {
    orderRemoteId: string
    trackingNumber: string
    carrier: string
  }
  'cancel-order': {
    orderRemoteId: string
    /** In the person's words; '' when none were given. */
    reason: string
  }
  /** One note of ours at the order in the shop; '' takes it away. */
  'note-order': {
    orderRemoteId: string
    before: string
    note: string
  }
  'push-listing': {
    listingRemoteId: string
    changes: ContentChange[]
  }
  'push-price': {
    listingRemoteId: string
    offerRemoteId: string
    sku: string
    /** Absent for the price of the shop itself. */
    market?: string | undefined
    before: Money | null
    value: Money
  }
  /** A difference, not an amount: pieces sold elsewhere meanwhile stay sold. */
  'push-stock': {
    listingRemoteId: string
    offerRemoteId: string
    sku: string
    delta: number
    /** The amounts of the last attempt, stored before its request left; null while none was made. */
    aim: StockAim | null
  }
  /** What is asked for in full is with the shipment (core/shipping/shipment.ts); the connection is the carrier's. */
  'buy-label': {
    shipmentId: ShipmentId
    service: string
    /** Destination, ISO 3166-1 alpha-2. */
    country: string
    /** An earlier attempt may have bought: the carrier is asked before anything else. Stored before the request leaves. */
    mayHaveArrived: boolean
    /** When requests left that may have bought it; absent while none is known of. */
    attempted?: Attempted | undefined
  }
  /** Gives a bought label back; the connection is the carrier's. Sent twice it is voided once. */
  'void-label': {
    shipmentId: ShipmentId
    purchaseRemoteId: string
    /** What is on the label, for people. */
    number: string
  }
}
export type OutboxKind = keyof OutboxPayloads

/** The first and the last request of a purchase, epoch ms by this machine's clock; `to` is null when there may have been later ones. */
export interface Attempted {
  from: number
  to: number | null
}

/**
 * From which amount to which, and the remote's time of change of the listing that `from` was read in; `mayHaveArrived` when an
 * attempt with these amounts was made before.
 */
export interface StockAim {
  from: number
  to: number
  readAt: number
  mayHaveArrived: boolean
}

/** A text of a listing in one language. */
export interface ContentChange {
  locale: string
  part: 'title' | 'description'
  /** Null when the shop had no text in that language. */
  before: string | null
  value: string
}

/** One change on its way to a remote. It is deleted only when the remote has it, or a person drops it. */
export type OutboxRow<K extends OutboxKind = OutboxKind> = { [P in K]: RowOfKind<P> }[K]

interface RowOfKind<K extends OutboxKind> {
  /** Also the intent id that stays the same over every attempt. */
  id: OutboxId
  connectionId: ConnectionId
  /** `order:<id>`, `listing:<id>`; rows of one entity that depend on each other share a lane (`laneOf`). */
  entityKey: string
  /** What a person calls the entity, e.g. the order number. */
  entityLabel: string
  kind: K
  payload: OutboxPayloads[K]
  state: OutboxState
  /** A person keeps it back; it is not sent while true, whatever the state. */
  held: boolean
  /** Written before the request leaves; while true the remote may or may not have it. */
  inFlight: boolean
  attempts: number
  createdAt: number
  nextAttemptAt: number
  leaseUntil: number
  lastIssue: Issue | null
  /** Of a change that goes to the remote with many others in one piece of work; absent while it may go either way. */
  batch?: InBatch | undefined
}

/**
 * `making`: it is being put into one · in one that the remote works on, under its id there and at its place in it · `alone`: not again, it is
 * sent by itself.
 */
export type InBatch = 'making' | 'alone' | { remoteId: string; place: number }

/**
 * The queue of an entity that a row waits in: rows of one lane leave in the order they were made, lanes do not wait for each
 * other. A text that a person has to decide on must not keep back the stock.
 */
export function laneOf(row: Pick<OutboxRow, 'connectionId' | 'entityKey'> & KindAndPayload): string {
  return `${row.connectionId} ${row.entityKey} ${laneOfKind(row)}`
}

type KindAndPayload = { [K in OutboxKind]: { kind: K; payload: OutboxPayloads[K] } }[OutboxKind]

function laneOfKind(row: KindAndPayload): string {
  switch (row.kind) {
    case 'confirm-shipment':
    case 'cancel-order':
      return 'fulfil'
    case 'note-order':
      return 'note'
    case 'push-listing':
      return 'content'
    case 'push-price':
      return `price ${row.payload.offerRemoteId} ${row.payload.value.currency} ${row.payload.market ?? ''}`
    case 'push-stock':
      return `stock ${row.payload.offerRemoteId}`
    case 'buy-label':
    case 'void-label':
      return `purchase ${row.payload.shipmentId}`
  }
}
