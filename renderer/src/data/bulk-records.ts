import type { Issue } from '#core/shared/issue.ts'
import type { BulkJobId, OrderId, PoolId } from '#core/shared/ids.ts'
import type { OrderVerb, VerbFields } from '#core/order/order-verbs.ts'
import type { PrintTarget } from '#core/contracts/ipc.ts'

/** Verbs on many orders, as they are kept: what was asked for, how far it is, and what each order was before. */

/** What reaches beyond the order's own record: a number is spent, paper comes out, a shop is told. One order after another. */
export type ParcelVerb =
  | { kind: 'label'; poolId: PoolId; weight: ParcelWeight }
  | { kind: 'void-label' }
  | { kind: 'hand-over' }
  | { kind: 'print'; target: PrintTarget }

/** In grams. `net-plus`: what the lines weigh, and so much for the packaging. */
export interface ParcelWeight {
  kind: 'same' | 'net-plus'
  grams: number
}

export type BulkVerb = OrderVerb | ParcelVerb
export type BulkVerbKind = BulkVerb['kind']

/** `cancelled`: a person stopped it; what was done by then stays. `undoing` and `undone` follow on either end. */
export type BulkState = 'running' | 'done' | 'cancelled' | 'undoing' | 'undone'

export interface BulkJob {
  id: BulkJobId
  state: BulkState
  verb: BulkVerb
  total: number
  /** Orders that were looked at; of those so many changed, so many were refused, and the others were so already. */
  done: number
  changed: number
  refused: number
  /** What the undo came to: put back, and left alone because somebody has changed them since. */
  undone: number
  left: number
  /** Place of the step that is next, the same for the undo, and how many there are. */
  next: number
  undoNext: number
  steps: number
  createdAt: number
  /** Null while it runs. */
  endedAt: number | null
}

/** An order that a verb or its undo left as it was, and why. */
export interface LeftOrder {
  id: OrderId
  /** '' when there is no such order. */
  number: string
  issue: Issue
}

/** A part of a job: its orders from the beginning, the rest once it was done. */
export interface BulkStep {
  /** `<jobId>:<place>`, see repos/bulk.repo.ts. */
  id: string
  jobId: BulkJobId
  ids: OrderId[]
  /** Of the orders that were changed: what the verb wrote over. Nothing for a verb of parcels. */
  changed: { id: OrderId; was: VerbFields }[]
  refused: LeftOrder[]
  left: LeftOrder[]
  /** How many of its orders are through, and how many of those that were changed are through with the undo. */
  through: number
  undone: number
  /** The order that a verb of parcels began with; found there after a crash, it may have been done. */
  trying: OrderId | null
}
