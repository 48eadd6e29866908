import { createHash } from 'node:crypto'
import { exponentOf } from '#core/money/currencies.ts'

/** What the fake shop sells, in plain facts. */
export interface FakeVariant {
  id: string
  itemId: string
  sku: string
  /** In the shop's currency. */
  price: string
  /** By name of the option. */
  options: Record<string, string>
  tracked: boolean
  /** What is `available`, by location. */
  levels: Map<string, number>
}

export interface FakeTranslation {
  value: string
  /** Of the text that it was made from; another digest now means that it is outdated. */
  digest: string
}

export interface FakeProduct {
  id: string
  title: string
  descriptionHtml: string
  status: 'ACTIVE' | 'DRAFT' | 'ARCHIVED' | 'UNLISTED'
  /** Places that sell it. */
  publications: number
  createdAt: string
  updatedAt: string
  picture: string | null
  feedback: { message: string; field: string[] }[]
  /** By locale and key. */
  translations: Map<string, Map<string, FakeTranslation>>
  variants: FakeVariant[]
}

export interface FakeMarket {
  id: string
  handle: string
  status: 'ACTIVE' | 'DRAFT'
  currency: string
  priceListId: string
  /** What the price list makes of the shop's own price where nobody fixed one, e.g. 1.2. */
  factor: number
  /** By variant. */
  fixed: Map<string, string>
}

export interface FakeCatalogue {
  currency: string
  /** The first is the shop's own language. */
  locales: { locale: string; published: boolean }[]
  products: Map<string, FakeProduct>
  markets: FakeMarket[]
  /** Answers that were given under a key, with what was asked. */
  answered: Map<string, { asked: string; failed: boolean; answer: object }>
}

export function createCatalogue(): FakeCatalogue {
  return {
    currency: 'GBP',
    locales: [
      { locale: 'en', published: true },
      { locale: 'de', published: true },
      { locale: 'zh-CN', published: true },
      { locale: 'fr', published: false },
    ],
    products: new Map(),
    markets: [],
    answered: new Map(),
  }
}

export function translate(product: FakeProduct, locale: string, key: TextKey, value: string): void {
  const texts = product.translations.get(locale) ?? new Map<string, FakeTranslation>()
  texts.set(key, { value, digest: digestOf(textOf(product, key)) })
  product.translations.set(locale, texts)
}

export const TEXT_KEYS = ['title', 'body_html'] as const
export type TextKey = (typeof TEXT_KEYS)[number]

export function textOf(product: FakeProduct, key: TextKey): string {
  return key === 'title' ? product.title : product.descriptionHtml
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** What a variant costs in a market, and whether somebody fixed it there. */
export function priceIn(market: FakeMarket, variant: FakeVariant): { amount: string; isFixed: boolean } {
  const fixed = market.fixed.get(variant.id)
  if (fixed !== undefined) return { amount: fixed, isFixed: true }
  const amount = (Number(variant.price) * market.factor).toFixed(exponentOf(market.currency))
  return { amount, isFixed: false }
}

export function findVariantById(
  { products }: FakeCatalogue,
  id: string,
): { product: FakeProduct; variant: FakeVariant } | null {
  for (const product of products.values()) {
    const variant = product.variants.find((each) => each.id === id || each.itemId === id)
    if (variant !== undefined) return { product, variant }
  }
  return null
}

export function totalOf({ levels }: FakeVariant): number {
  return [...levels.values()].reduce((sum, level) => sum + level, 0)
}
