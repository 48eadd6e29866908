import { prepareHsSearch, type CodedProduct, type HsSearch } from '#core/customs/hs/search-hs.ts'
import { checkHs } from '#core/customs/check-hs.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { readProducts, titleOf } from '#renderer/data/queries/catalogue.ts'
import { loadNomenclatures } from '#renderer/data/repos/nomenclature.repo.ts'
import type { StoredProduct } from '#renderer/data/records.ts'
import { loadHsGoods } from '#renderer/platform/hs-goods.ts'

/** Older products say little more; so many are made ready in a blink. */
const MOST_PRODUCTS = 5_000

/** All that is known of codes on this desk, ready to be searched; works offline. */
export async function openHsSearch(db: CaravelDatabase, locale: string): Promise<HsSearch> {
  const [goods, products, nomenclatures] = await Promise.all([
    loadHsGoods(),
    readProducts(db, { onlyIncomplete: false }),
    loadNomenclatures(db),
  ])
  const coded = products
    .filter(({ customs }) => checkHs(customs.hs6) === null)
    .toSorted((a, b) => b.updatedAt - a.updatedAt)
    .slice(0, MOST_PRODUCTS)
  return prepareHsSearch(
    goods,
    coded.map((product) => toCoded(product, locale)),
    nomenclatures,
  )
}

function toCoded(product: StoredProduct, locale: string): CodedProduct {
  const { sku, titles, customs } = product
  return {
    code: customs.hs6,
    national: customs.national,
    name: titleOf(product, locale),
    words: [sku, customs.description, customs.descriptionLocal, ...Object.values(titles)].join(' '),
  }
}
