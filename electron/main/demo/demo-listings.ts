import { seededRng } from '#core/shared/seeded-rng.ts'
import { DEMO_DESCRIPTIONS } from '#main/demo/demo-descriptions.ts'
import { DEMO_LOCALES, listDemoArticles, type DemoArticle } from '#main/demo/demo-catalogue.ts'
import {
  demoPrice,
  isCart,
  unsentQuantity,
  type DemoOrder,
  type DemoShopSpec,
} from '#main/demo/demo-orders.ts'

/** The listings of one demo shop, as its server keeps them: Vendure's products and variants. */

export interface DemoTranslation {
  id: string
  languageCode: string
  name: string
  slug: string
  description: string
  updatedAt: number
}

export interface DemoVariant {
  id: string
  sku: string
  enabled: boolean
  trackInventory: 'TRUE' | 'FALSE' | 'INHERIT'
  updatedAt: number
  names: { languageCode: string; name: string }[]
  option: Record<string, string> | null
  /** As written, tax included; in the shop's integer money. */
  prices: { currencyCode: string; price: number }[]
  stockOnHand: number
  /** Sold and not sent yet. */
  stockAllocated: number
}

export interface DemoListing {
  id: string
  /** Of the article, for its picture. */
  code: string
  enabled: boolean
  /** Out of every list, but old orders still name its variants. */
  deleted: boolean
  createdAt: number
  updatedAt: number
  translations: DemoTranslation[]
  variants: DemoVariant[]
}

/** A variant together with the product it belongs to. */
export interface FoundVariant {
  listing: DemoListing
  variant: DemoVariant
}

const DAY = 24 * 3_600_000

/** The whole catalogue in the shop's language and currencies; what open orders wait for is allocated. */
export function makeDemoListings(
  spec: Pick<DemoShopSpec, 'currencies' | 'locale' | 'seed'>,
  orders: readonly DemoOrder[],
  now: number,
): DemoListing[] {
  const rng = seededRng(spec.seed + 1000)
  const allocated = countAllocated(orders)
  let lastVariant = 0
  return listDemoArticles().map((article, index) => {
    // Whole seconds, as the real server's on creation.
    const createdAt = Math.floor((now - 60 * DAY) / 1000) * 1000 + index * 3_600_000
    const variants = article.variants.map((variant, at): DemoVariant => {
      const waiting = allocated.get(variant.sku) ?? 0
      return {
        id: String(++lastVariant),
        sku: variant.sku,
        enabled: true,
        // Postcards are printed when they are ordered: nobody counts them.
        trackInventory: article.code === 'CRD' ? 'FALSE' : 'TRUE',
        updatedAt: createdAt + at,
        names: DEMO_LOCALES.map((languageCode) => ({
          languageCode,
          name: variant.titles[languageCode] ?? '',
        })),
        option: variant.option,
        prices: spec.currencies.map((currencyCode) => ({
          currencyCode,
          price: demoPrice(currencyCode, article.euroCents),
        })),
        // A few have next to nothing left.
        stockOnHand: waiting + (rng() < 0.12 ? Math.floor(rng() * 3) : 5 + Math.floor(rng() * 90)),
        stockAllocated: waiting,
      }
    })
    const translations = makeTranslations(article, index, spec.locale, createdAt)
    // One is prepared and not shown yet.
    const enabled = index % 14 !== 12
    const { code } = article
    const id = String(index + 1)
    return { id, code, enabled, deleted: false, createdAt, updatedAt: createdAt, translations, variants }
  })
}

/** Every ninth article is not translated into one of the languages yet, so that there is work to show. */
function makeTranslations(
  article: DemoArticle,
  index: number,
  locale: string,
  updatedAt: number,
): DemoTranslation[] {
  const others = DEMO_LOCALES.filter((each) => each !== locale)
  const absent = index % 9 === 4 ? others[Math.floor(index / 9) % others.length] : undefined
  return DEMO_LOCALES.filter((each) => each !== absent).map((languageCode) => ({
    id: `${index + 1}0${DEMO_LOCALES.indexOf(languageCode) + 1}`,
    languageCode,
    name: article.titles[languageCode] ?? '',
    slug: toSlug(article.titles[languageCode] ?? ''),
    description: DEMO_DESCRIPTIONS[article.code]?.[DEMO_LOCALES.indexOf(languageCode)] ?? '',
    updatedAt,
  }))
}

/** As the real server makes one. */
export function toSlug(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll('ß', 'ss')
    .replaceAll('\u0308', 'e')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[!"£$%^&*()+[\]{};:@#~?\\/,|><`¬'=‘’©®™]/g, '')
    .replaceAll(/[\s-]+/g, '-')
}

/** Of any listing, also of a deleted one. */
export function findVariant(listings: readonly DemoListing[], id: string): FoundVariant | null {
  return findWhere(listings, (variant) => variant.id === id)
}

/** What an order line was about, as long as it keeps its number. */
export function findSoldVariant(listings: readonly DemoListing[], sku: string): FoundVariant | null {
  return findWhere(listings, (variant) => variant.sku === sku)
}

function findWhere(
  listings: readonly DemoListing[],
  isWanted: (variant: DemoVariant) => boolean,
): FoundVariant | null {
  for (const listing of listings) {
    const variant = listing.variants.find(isWanted)
    if (variant !== undefined) return { listing, variant }
  }
  return null
}

function countAllocated(orders: readonly DemoOrder[]): Map<string, number> {
  const allocated = new Map<string, number>()
  for (const order of orders.filter((each) => !isCart(each)))
    for (const line of order.lines)
      allocated.set(line.sku, (allocated.get(line.sku) ?? 0) + unsentQuantity(order, line))
  return allocated
}
