import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import type { Desk } from '#tests/conformance/desk.ts'
import type { ShopBench, ShopUnderTest } from '#tests/conformance/vendure-bench.ts'

/** Handles of a shop's back office, to prepare its catalogue and to change it behind the desk's back. */
export interface ShopWithCatalogue extends ShopUnderTest {
  /** Products in English and German, two variants each, priced in EUR and USD, 20 pieces, on sale. */
  makeListings: (n: number) => Promise<{ id: string; offers: string[] }[]>
  /** Prices and levels as the shop's own integers. */
  setOffer: (id: string, change: { eur?: number; stock?: number; counted?: boolean }) => Promise<void>
  /** All at once, as a bulk edit does. */
  setStocks: (offers: readonly string[], stock: number) => Promise<void>
  setTexts: (id: string, language: string, texts: { name?: string; description?: string }) => Promise<void>
  hideListing: (id: string) => Promise<void>
  removeListing: (id: string) => Promise<void>
  /** Puts pieces of this offer into a second place. */
  addPlace: (offerId: string, pieces: number) => Promise<void>
  /** Pieces per place, the oldest first, and how many are sold but not shipped. */
  readLevels: (offerId: string) => Promise<{ onHand: number; allocated: number }[]>
}

export interface PulledListings {
  byId: Map<string, RemoteListing>
  /** Every listing as it came, repeats included. */
  all: RemoteListing[]
  checkpoint: { updatedAt: number; id: string } | null
  pages: number
}

/** Pulls to the end, as the sync engine does. */
export async function pullListings(
  desk: Desk,
  options: {
    checkpoint?: PulledListings['checkpoint']
    pageSize?: number
    betweenPages?: (page: number) => Promise<void>
  } = {},
): Promise<PulledListings> {
  const pulled: PulledListings = {
    byId: new Map(),
    all: [],
    checkpoint: options.checkpoint ?? null,
    pages: 0,
  }
  let pageToken: string | null = null
  const tokens = new Set<string>()
  do {
    const page: OperationOutput<'pull-listings'> = await run(desk, 'pull-listings', {
      checkpoint: pulled.checkpoint,
      pageToken,
      pageSize: options.pageSize ?? 100,
    })
    if (page.rejected.length > 0) throw new Error(`rejected: ${JSON.stringify(page.rejected)}`)
    for (const listing of page.listings) {
      pulled.all.push(listing)
      pulled.byId.set(listing.remoteId, listing)
    }
    pulled.checkpoint = page.checkpoint ?? pulled.checkpoint
    pulled.pages += 1
    pageToken = page.nextPage
    if (pageToken !== null) {
      if (tokens.has(pageToken)) throw new Error('the same page again')
      tokens.add(pageToken)
      await options.betweenPages?.(pulled.pages)
    }
  } while (pageToken !== null)
  return pulled
}

export async function readListing(desk: Desk, id: string): Promise<RemoteListing> {
  const { listings } = await run(desk, 'read-listings', { remoteIds: [id] })
  if (listings[0] === undefined) throw new Error(`no listing ${id}`)
  return listings[0]
}

export async function run<N extends 'pull-listings' | 'read-listings'>(
  desk: Desk,
  operation: N,
  input: OperationInput<N>,
): Promise<OperationOutput<N>> {
  const result = await desk.runtime.run(desk.connectionId, operation, input)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

export type CatalogueBench = ShopBench<ShopWithCatalogue>
