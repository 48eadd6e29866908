import type { ListingId } from '#core/shared/ids.ts'
import type { ListingRow } from '#core/listing/listing-row.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { ListingQuestion } from '#renderer/data/listing-index/listing-search.ts'
import { searchListings } from '#renderer/data/queries/listings.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'

/** The words of all listings in the worker's memory, as the page asks for them. */
export interface ListingSearchClient {
  /** By title; null while the words are being read: `onChange` tells when they are there. */
  find(question: ListingQuestion): Promise<ListingId[] | null>
  /** Hears whenever the answer to a question may be another one. */
  onChange(hear: () => void): () => void
}

/** Listings with the words of a text, by title, live. Until the worker can answer, the rows themselves are looked through. */
export function watchListingSearch(
  db: CaravelDatabase,
  client: ListingSearchClient,
  question: ListingQuestion,
): Watched<ListingRow[]> {
  return {
    subscribe(next, error = () => undefined) {
      let asks = 0
      let scanning: { unsubscribe(): void } | null = null
      const ask = async (): Promise<void> => {
        const mine = ++asks
        const ids = await client.find(question)
        if (mine !== asks) return
        if (ids === null) {
          scanning ??= watch(() => searchListings(db, question, question.most)).subscribe(next, error)
          return
        }
        const rows = await db.listingRows.bulkGet(ids)
        if (mine !== asks) return
        scanning?.unsubscribe()
        scanning = null
        next(rows.filter((row) => row !== undefined))
      }
      const look = (): void => void ask().catch(error)
      const unhear = client.onChange(look)
      look()
      return {
        unsubscribe() {
          asks = -1
          unhear()
          scanning?.unsubscribe()
        },
      }
    },
  }
}
