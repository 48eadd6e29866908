import {
  digestOf,
  findVariantById,
  priceIn,
  TEXT_KEYS,
  textOf,
  totalOf,
  type FakeMarket,
  type FakeProduct,
  type FakeVariant,
} from './catalogue-state.ts'
import { changedSince, connection, readSince, type ListArgs } from './connection.ts'
import type { FakeShop } from './shop-state.ts'

/** What the fake shop sells, as Shopify's schema sees it. */

export function showProduct(product: FakeProduct) {
  return {
    __typename: 'Product',
    ...{ id: product.id, title: product.title, descriptionHtml: product.descriptionHtml },
    ...{ status: product.status, createdAt: product.createdAt, updatedAt: product.updatedAt },
    resourcePublicationsCount: { count: product.publications, precision: 'EXACT' },
    featuredMedia:
      product.picture === null
        ? null
        : { __typename: 'MediaImage', id: `${product.id}/1`, preview: { image: { url: product.picture } } },
    feedback: product.feedback.length === 0 ? null : showFeedback(product),
    translations: ({ locale }: { locale: string }) => showTranslations(product, locale),
    variants: (args: ListArgs) => connection(product.variants.map(showVariant), args),
  }
}

function showFeedback({ feedback }: FakeProduct) {
  return {
    summary: `${feedback.length} to mend`,
    details: [{ state: 'REQUIRES_ACTION', messages: feedback, feedbackGeneratedAt: '2026-11-20T09:00:00Z' }],
  }
}

function showTranslations(product: FakeProduct, locale: string) {
  return [...(product.translations.get(locale) ?? [])].map(([key, { value, digest }]) => ({
    ...{ key, locale, value },
    outdated: digest !== digestOf(textOf(product, key === 'title' ? 'title' : 'body_html')),
  }))
}

export function showVariant(variant: FakeVariant) {
  return {
    __typename: 'ProductVariant',
    ...{ id: variant.id, sku: variant.sku, price: variant.price, inventoryQuantity: totalOf(variant) },
    selectedOptions: Object.entries(variant.options).map(([name, value]) => ({ name, value })),
    inventoryItem: {
      ...{ id: variant.itemId, tracked: variant.tracked },
      inventoryLevels: (args: ListArgs) =>
        connection(
          [...variant.levels].map(([id, quantity]) => ({
            id: `${variant.itemId}/${id}`,
            location: { id },
            quantities: ({ names }: { names: string[] }) => names.map((name) => ({ name, quantity })),
          })),
          args,
        ),
    },
  }
}

function showCatalog(market: FakeMarket) {
  const { id, handle, status, currency, priceListId } = market
  return {
    __typename: 'MarketCatalog',
    ...{ id: `${id}/catalog`, title: handle, status: 'ACTIVE' },
    markets: (args: ListArgs) => connection([{ id, handle, status, name: handle }], args),
    priceList: { id: priceListId, currency },
  }
}

/** `product_id:1 OR product_id:2`: the goods whose prices are asked for. */
function readProducts(query: string | null | undefined): Set<string> {
  return new Set(
    (query ?? '').split(' OR ').map((term) => {
      const found = /^product_id:(\d+)$/.exec(term)
      if (found === null) throw new Error(`the fake does not know the search ${query}`)
      return `gid://shopify/Product/${found[1]}`
    }),
  )
}

function showPriceList(shop: FakeShop, market: FakeMarket) {
  return {
    ...{ id: market.priceListId, currency: market.currency, name: market.handle },
    prices: ({ query, ...args }: ListArgs & { query?: string | null }) => {
      const asked = readProducts(query)
      const variants = [...shop.catalogue.products.values()]
        .filter(({ id }) => asked.has(id))
        .flatMap((product) => product.variants)
      return connection(
        variants.map((variant) => ({ id: variant.id, ...showPrice(market, variant) })),
        args,
      )
    },
  }
}

export function showPrice(market: FakeMarket, variant: FakeVariant) {
  const { amount, isFixed } = priceIn(market, variant)
  return {
    originType: isFixed ? 'FIXED' : 'RELATIVE',
    price: { amount, currencyCode: market.currency },
    variant: showVariant(variant),
  }
}

export function catalogueRoot(shop: FakeShop) {
  const { catalogue } = shop
  const showProductIf = (id: string) => {
    const product = catalogue.products.get(id)
    return product === undefined ? null : showProduct(product)
  }
  return {
    shopLocales: ({ published }: { published?: boolean | null }) =>
      catalogue.locales
        .map((each, at) => ({ ...each, primary: at === 0, name: each.locale }))
        .filter((each) => each.published || published !== true),
    catalogs: (args: ListArgs) => connection(catalogue.markets.map(showCatalog), args),
    priceList: ({ id }: { id: string }) => {
      const market = catalogue.markets.find(({ priceListId }) => priceListId === id)
      return market === undefined ? null : showPriceList(shop, market)
    },
    products: ({ query, ...args }: ListArgs & { query?: string | null }) =>
      connection(changedSince(catalogue.products.values(), readSince(query)), args, showProduct),
    product: ({ id }: { id: string }) => showProductIf(id),
    productVariant: ({ id }: { id: string }) => {
      const found = findVariantById(catalogue, id)
      return found === null ? null : showVariant(found.variant)
    },
    translatableResource: ({ resourceId }: { resourceId: string }) => {
      const product = catalogue.products.get(resourceId)
      return product === undefined
        ? null
        : {
            resourceId,
            translatableContent: TEXT_KEYS.map((key) => ({
              ...{ key, value: textOf(product, key), digest: digestOf(textOf(product, key)) },
              ...{ locale: catalogue.locales[0]?.locale ?? 'en', type: 'SINGLE_LINE_TEXT_FIELD' },
            })),
            translations: ({ locale }: { locale: string }) => showTranslations(product, locale),
          }
    },
  }
}
