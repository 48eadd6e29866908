import type { RemoteListing } from '#core/listing/listing.ts'
import type { Secrets, Settings } from '#core/connectors/_kit/operation.ts'
import type { Rng } from '#core/shared/ports.ts'
import type { ShopTruth } from '#tests/simulation/story-shop.ts'
import type { Answering, WireAnswer } from '#tests/support/local-server.ts'

/** A marketplace that a connector talks to: its API, what it really has, and what people do there. */
export interface Remote extends Pick<ShopTruth, 'orders' | 'effects' | 'notes' | 'parcelsPerOrder'> {
  readonly connectorId: string
  /** Those that hold now. */
  credentials(): { settings: Settings; secrets: Secrets }
  answer: Answering
  /** The refusal when requests of this name come too often. */
  throttle(name: string): Promise<WireAnswer> | WireAnswer
  /** False for requests that do their work again when they come again, which no connector can help. */
  knowsAgain(name: string): boolean
  /** Sessions and tokens that were given end. */
  endSessions(): void
  /** The credentials that are kept on desks hold no longer. */
  changeKeys(): void
  /** Lists of orders in the body of an answer whose order the API does not promise. */
  listsOf(body: unknown): unknown[][]
  /** Stock is only set while it is what it was read as. */
  readonly comparesStock: boolean
  readonly listings: ReadonlyMap<string, RemoteListing>
  /** See CatalogueTruth. */
  readonly touched: ReadonlySet<string>
  readonly moved: ReadonlyMap<string, number>
  /** Changes that were taken and are carried out later; `wrap` goes around those that are new. */
  wrapPending?(wrap: (carryOut: () => void) => () => void): void
  /** Pieces of work with many changes that it was given. */
  readonly batches?: number
  /** Carries out what is due. */
  settle?(): void
  placeOrder(): void
  placeListing(): void
  /** Something happens to an order or a listing: to any, or to this one. */
  stir(rng: Rng, remoteId?: string): void
  stirCatalogue(rng: Rng, remoteId?: string): void
  /** What broke the contract. Must stay empty. */
  readonly violations: readonly string[]
}
