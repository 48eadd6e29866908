import { barcodesOf, withBarcodes } from '#core/order/barcode-terms.ts'
import type { TextTerm } from '#core/order/search-terms.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'

/** The terms, each with the SKUs of the products whose barcode it is: what is scanned finds orders of that product. */
export async function resolveBarcodes(db: CaravelDatabase, terms: readonly TextTerm[]): Promise<TextTerm[]> {
  const codes = [...new Set(terms.flatMap(barcodesOf))]
  const found = await Promise.all(codes.map(async (code) => [code, await skusOfBarcode(db, code)] as const))
  return withBarcodes(terms, new Map(found))
}

async function skusOfBarcode(db: CaravelDatabase, code: string): Promise<string[]> {
  const products = await db.products.where('barcodes').equals(code).toArray()
  return products.map(({ sku }) => sku)
}
