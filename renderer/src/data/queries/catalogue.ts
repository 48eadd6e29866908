import type { Product } from '#core/catalog/product.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'
import { productsBySku } from '#renderer/data/repos/products.repo.ts'
import type { StoredProduct } from '#renderer/data/records.ts'

export interface ProductQuery {
  /** Only those that still lack a customs fact. */
  onlyIncomplete: boolean
}

/** Products with their titles in every language that is known, by SKU. */
export async function readProducts(
  db: CaravelDatabase,
  { onlyIncomplete }: ProductQuery,
): Promise<StoredProduct[]> {
  return onlyIncomplete
    ? db.products.where('incomplete').equals(1).sortBy('sku')
    : db.products.orderBy('sku').toArray()
}

export function watchProducts(db: CaravelDatabase, query: ProductQuery): Watched<StoredProduct[]> {
  return watch(() => readProducts(db, query))
}

export function watchProduct(db: CaravelDatabase, sku: string): Watched<Product | null> {
  return watch(async () => (await productsBySku(db, [sku])).get(sku) ?? null)
}

/** Known products of these SKUs, by SKU. */
export function watchProductsOf(
  db: CaravelDatabase,
  skus: readonly string[],
): Watched<ReadonlyMap<string, Product>> {
  return watch(() => productsBySku(db, skus))
}

/** SKUs that begin so, a few of them, in their order. */
export function readSkus(db: CaravelDatabase, beginning: string, most = 20): Promise<string[]> {
  return db.products
    .where('sku')
    .startsWithIgnoreCase(beginning)
    .limit(most)
    .toArray((found) => found.map(({ sku }) => sku).sort())
}

/** The title in this locale, else English, else whatever there is, else the SKU. */
export function titleOf(product: Pick<Product, 'titles' | 'sku'>, locale: string): string {
  const [language = ''] = locale.split('-')
  return (
    product.titles[locale] ??
    product.titles[language] ??
    product.titles['en'] ??
    Object.values(product.titles)[0] ??
    product.sku
  )
}
