import type { BatchLimits } from '#core/sync/choose-batches.ts'
import type { OperationInput, OperationName, OperationOutput } from '#core/contracts/operations.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { Rng } from '#core/shared/ports.ts'
import type { Result } from '#core/shared/result.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import type { VirtualClock } from '#tests/simulation/virtual-clock.ts'

/** What a shop really has and what really happened there, whatever it said; what invariants compare the desk with. */
export interface ShopTruth {
  /** Orders that a desk is to know of; carts are none yet. */
  readonly orders: ReadonlyMap<string, Pick<RemoteOrder, 'remoteId' | 'status' | 'updatedAt' | 'fulfilments'>>
  /** One line per parcel that was ever told. */
  readonly effects: readonly { orderRemoteId: string; trackingNumber: string }[]
  /** Cancellations and notes that took effect. */
  readonly orderWrites: readonly { intentId: string; what: string }[]
  /** Notes of the staff by order; null where the shop is told none. */
  readonly notes: ReadonlyMap<string, string[]> | null
  readonly catalogue: CatalogueTruth
  /** From how many hands parcels of one order may come. */
  readonly parcelsPerOrder: number
  /** What must never happen, and did. */
  readonly breaches: readonly string[]
}

export interface CatalogueTruth {
  readonly listings: ReadonlyMap<string, RemoteListing>
  /** Every write that took effect. */
  readonly effects: readonly { intentId: string; field: string }[]
  /** What others did: fields with a value of theirs, and pieces they sold or added. */
  readonly touched: ReadonlySet<string>
  readonly moved: ReadonlyMap<string, number>
  /** Listings whose pieces nobody can count any more. */
  readonly coincided: ReadonlySet<string>
}

export type Pause = () => Promise<void>

/** A shop of a story: what it is asked, what happens there, and how its line gets worse and better. */
export interface StoryShop extends ShopTruth {
  /** Of the manifest. */
  readonly connectorId: string
  readonly calls: number
  /** Pieces of work with many changes that it was given; absent where there are none. */
  readonly batches?: number
  /** Not from nothing: the orders and listings that it has when a story begins. */
  fill(): void
  answer<N extends OperationName>(
    operation: N,
    input: OperationInput<N>,
    pause: Pause,
  ): Promise<Result<OperationOutput<N>>>
  /** Something happens to its orders, or to its listings. */
  stir(rng: Rng): void
  stirCatalogue(rng: Rng): void
  /** The line and the shop get worse or better. */
  stirLine(rng: Rng): void
  /** From here on nothing goes wrong. */
  heal(): void
  /** Somebody gives it credentials that hold. */
  signIn(): void
}

/** Where a story takes place. */
export interface Setting {
  makeShops(deps: StoryDeps): ReadonlyMap<ConnectionId, StoryShop>
  /** How long it takes, at rest, until a reading shows all that is there, ms. */
  restMs: number
  /** What people do at the desk; each as often as it is in the list. */
  actions: readonly DeskAction[]
  /** How many prices leave in a batch; absent where they go one by one. */
  batch?: BatchLimits
}

export type DeskAction = (ctx: UseCaseContext, rng: Rng) => Promise<unknown>

export interface StoryDeps {
  rng: Rng
  clock: VirtualClock
}
