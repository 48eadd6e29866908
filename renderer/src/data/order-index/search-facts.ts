import type { TextTerm } from '#core/order/search-terms.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { resolveBarcodes } from '#renderer/data/queries/barcodes.ts'

/** A shop as searches know it. */
export interface ShopFacts {
  id: string
  name: string
  /** The kind of channel. */
  connectorId: string
}

/** What a search needs to know besides the orders. */
export interface SearchFacts {
  shops: () => Promise<ShopFacts[]>
  /** The terms, each with the SKUs of the products whose barcode it is. */
  resolveBarcodes: (terms: readonly TextTerm[]) => Promise<TextTerm[]>
}

export function storedFacts(db: CaravelDatabase): SearchFacts {
  return {
    shops: async () =>
      (await db.connections.toArray()).map(({ id, name, connectorId }) => ({ id, name, connectorId })),
    resolveBarcodes: (terms) => resolveBarcodes(db, terms),
  }
}
