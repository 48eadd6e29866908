import type { ItemCustoms, Product } from '#core/catalog/product.ts'
import { isEqual } from '#core/sync/merge3.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { readByKeys } from '#renderer/data/read-by-keys.ts'
import { containsSchema } from '#renderer/data/stored-schemas.ts'
import { BY_PARTS, toStoredProduct } from '#renderer/data/beside-records.ts'

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
export function hasFacts({ customs, cost, barcodes, bin, contains }: Omit<Product, 'titles'>): boolean {
  const others = [cost, barcodes, bin, contains]
  return !isEqual(customs, NO_CUSTOMS) || others.some((fact) => fact !== undefined)
}

/** Contents that make no sense, of a torn record or a file, are no contents: the product is declared by its own facts. */
export function withSoundContents<T extends Pick<Product, 'contains'>>(product: T): T {
  const { contains } = product
  const isSound = contains === undefined || containsSchema.safeParse(contains).success
  return isSound ? product : { ...product, contains: undefined }
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
  return new Map(found.map((product) => [product.sku, withSoundContents(product)]))
}

/** Known products of these SKUs, and of what those of them hold that are bundles: all that orders with them are declared by. */
export async function productsWithParts(
  db: CaravelDatabase,
  skus: Iterable<string>,
): Promise<Map<string, Product>> {
  const products = await productsBySku(db, skus)
  const parts = [...products.values()].flatMap(({ contains = [] }) => contains.map(({ sku }) => sku))
  const unread = parts.filter((sku) => !products.has(sku))
  for (const [sku, part] of await productsBySku(db, unread)) products.set(sku, part)
  return products
}

/** SKUs of the bundles that hold each part; parts of none are not in it. */
export async function readBundles(db: CaravelDatabase): Promise<Map<string, string[]>> {
  const holding = new Map<string, string[]>()
  await db.products
    .where('incomplete')
    .equals(BY_PARTS)
    .each((stored) => {
      const { sku, contains = [] } = withSoundContents(stored)
      for (const part of contains) holding.set(part.sku, [...(holding.get(part.sku) ?? []), sku])
    })
  return holding
}

/** The SKU itself and those of bundles that hold it: orders with any of them are declared by its facts. */
export async function declaredBy(db: CaravelDatabase, sku: string): Promise<string[]> {
  return [sku, ...((await readBundles(db)).get(sku) ?? [])]
}
