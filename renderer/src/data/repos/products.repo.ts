import type { ItemCustoms, Product } from '#core/catalog/product.ts'
import { isEqual } from '#core/sync/merge3.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { readByKeys } from '#renderer/data/read-by-keys.ts'
import { toStoredProduct } from '#renderer/data/beside-records.ts'

/** Customs facts of which nothing is known yet. */
export const NO_CUSTOMS: ItemCustoms = {
  description: '',
  descriptionLocal: '',
  hs6: '',
  origin: '',
  unitValue: null,
  unitNetGrams: null,
}

/** Somebody has said something about it. */
export function hasFacts({ customs, cost, barcodes, bin }: Omit<Product, 'titles'>): boolean {
  return !isEqual(customs, NO_CUSTOMS) || cost !== undefined || barcodes !== undefined || bin !== undefined
}

/** Writes products with their index beside them; a known SKU keeps its id. */
export async function saveProducts(db: CaravelDatabase, products: readonly Product[]): Promise<void> {
  if (products.length > 0) await db.products.bulkPut(products.map(toStoredProduct))
}

/** Known products of these SKUs, by SKU. */
export async function productsBySku(
  db: CaravelDatabase,
  skus: Iterable<string>,
): Promise<Map<string, Product>> {
  const wanted = [...new Set(skus)].filter((sku) => sku !== '')
  if (wanted.length === 0) return new Map()
  const found = await readByKeys(db.products, 'sku', wanted)
  return new Map(found.map((product) => [product.sku, product]))
}
