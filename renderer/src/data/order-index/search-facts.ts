import type { CaravelDatabase } from '#renderer/data/database.ts'

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
  /** SKUs of the products with this barcode; `text` is folded. */
  skusOf: (text: string) => Promise<string[]>
}

/** What a folded barcode looks like (core/catalog/product-facts.ts). */
const BARCODE = /^[0-9a-z][0-9a-z\-./+$% ]{2,59}$/

export function storedFacts(db: CaravelDatabase): SearchFacts {
  return {
    shops: async () =>
      (await db.connections.toArray()).map(({ id, name, connectorId }) => ({ id, name, connectorId })),
    skusOf: async (text) => {
      if (!BARCODE.test(text)) return []
      const found = await db.products.where('barcodes').anyOf([text, text.toUpperCase()]).toArray()
      return [...new Set(found.map(({ sku }) => sku))]
    },
  }
}
