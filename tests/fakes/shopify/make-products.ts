import type { FakeMarket, FakeProduct, FakeVariant } from './catalogue-state.ts'
import { gid, timeOf, type FakeShop } from './shop-state.ts'

export interface ProductFacts {
  title?: string
  descriptionHtml?: string
  status?: FakeProduct['status']
  publications?: number
  picture?: string
  feedback?: FakeProduct['feedback']
  variants?: VariantFacts[]
}

export interface VariantFacts {
  sku: string
  price?: string
  options?: Record<string, string>
  tracked?: boolean
  /** One level per location, from the first on. */
  stock?: number[]
}

export function addProduct(shop: FakeShop, facts: ProductFacts = {}): FakeProduct {
  const at = timeOf(shop.now())
  const product: FakeProduct = {
    id: gid('Product', shop.nextId()),
    title: facts.title ?? 'Stoneware mug',
    descriptionHtml: facts.descriptionHtml ?? '<p>Thrown by hand.</p>',
    status: facts.status ?? 'ACTIVE',
    publications: facts.publications ?? 1,
    ...{ createdAt: at, updatedAt: at, picture: facts.picture ?? null, feedback: facts.feedback ?? [] },
    translations: new Map(),
    variants: (facts.variants ?? [{ sku: 'MUG-01' }]).map((variant) => toVariant(shop, variant)),
  }
  shop.catalogue.products.set(product.id, product)
  return product
}

function toVariant(shop: FakeShop, facts: VariantFacts): FakeVariant {
  return {
    id: gid('ProductVariant', shop.nextId()),
    itemId: gid('InventoryItem', shop.nextId()),
    sku: facts.sku,
    price: facts.price ?? '12.50',
    options: facts.options ?? { Title: 'Default Title' },
    tracked: facts.tracked ?? true,
    levels: new Map((facts.stock ?? [20]).map((level, place) => [gid('Location', place + 1), level])),
  }
}

export function addMarket(
  shop: FakeShop,
  facts: Pick<FakeMarket, 'handle' | 'currency'> & Partial<Pick<FakeMarket, 'factor' | 'status'>>,
): FakeMarket {
  const market: FakeMarket = {
    ...{ status: 'ACTIVE', factor: 1, ...facts },
    id: gid('Market', shop.nextId()),
    priceListId: gid('PriceList', shop.nextId()),
    fixed: new Map(),
  }
  shop.catalogue.markets.push(market)
  return market
}

/** A change that moves `updatedAt`: texts, prices of the shop's own, stock. Translations and price lists do not. */
export function touchProduct(shop: FakeShop, product: FakeProduct): void {
  product.updatedAt = timeOf(shop.now())
}
