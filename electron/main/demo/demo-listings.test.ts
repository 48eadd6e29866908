import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEMO_LOCALES, listDemoArticles, listDemoProducts } from '#main/demo/demo-catalogue.ts'
import { DEMO_DESCRIPTIONS } from '#main/demo/demo-descriptions.ts'
import { DEMO_DRAWINGS } from '#main/demo/demo-drawings.ts'
import { makeDemoListings } from '#main/demo/demo-listings.ts'
import { DEMO_SHOPS, isCart, makeDemoOrders, unsentQuantity } from '#main/demo/demo-orders.ts'
import { findDemoPicture } from '#main/demo/demo-pictures.ts'
import type { DemoShopAccess, StirWish } from '#main/demo/demo-port.ts'
import { createDemoShops } from '#main/demo/demo-shops.ts'
import { askDemoShop } from '#main/demo/ask-demo-shop.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const DAY = 24 * 60 * 60_000
const shopsWithListings = () =>
  DEMO_SHOPS.map((spec) => {
    const orders = makeDemoOrders(spec, NOW)
    return { spec, orders, listings: makeDemoListings(spec, orders, NOW) }
  })

describe('the listings of the demo', () => {
  it('are the same goods as the products, each variant once', () => {
    const skus = listDemoProducts().map(({ sku }) => sku)
    expect(listDemoArticles().flatMap(({ variants }) => variants.map(({ sku }) => sku))).toEqual(skus)
    for (const { listings } of shopsWithListings()) {
      const variants = listings.flatMap((listing) => listing.variants)
      expect(variants.map(({ sku }) => sku)).toEqual(skus)
      expect(new Set(variants.map(({ id }) => id)).size).toBe(variants.length)
      expect(variants.map(({ id }) => id).join('')).toMatch(/^\d+$/)
    }
  })

  it('are described in four languages, each in its own words', () => {
    const codes = listDemoArticles().map(({ code }) => code)
    expect(Object.keys(DEMO_DESCRIPTIONS).sort()).toEqual([...codes].sort())
    for (const [code, texts] of Object.entries(DEMO_DESCRIPTIONS)) {
      expect(texts, code).toHaveLength(DEMO_LOCALES.length)
      for (const text of texts) expect(text, code).toMatch(/^[^<>!]{20,160}[.。]$/)
      expect(texts[3], code).toMatch(/[぀-ヿ]/)
    }
    for (const at of DEMO_LOCALES.keys()) {
      const all = Object.values(DEMO_DESCRIPTIONS).map((texts) => texts[at])
      expect(new Set(all).size).toBe(all.length)
    }
  })

  it('always have the language of their shop, and leave something to translate and something hidden', () => {
    for (const { spec, listings } of shopsWithListings()) {
      for (const { code, translations } of listings) {
        expect(
          translations.map(({ languageCode }) => languageCode),
          code,
        ).toContain(spec.locale)
        for (const { name, slug, description } of translations)
          expect(
            [name, slug, description].every((text) => text !== ''),
            code,
          ).toBe(true)
      }
      const complete = listings.filter(({ translations }) => translations.length === DEMO_LOCALES.length)
      expect(complete.length).toBeLessThan(listings.length)
      expect(complete.length).toBeGreaterThan(listings.length / 2)
      expect(listings.filter(({ enabled }) => !enabled)).not.toHaveLength(0)
      const slugs = listings.flatMap(({ translations }) =>
        translations.map((one) => one.languageCode + one.slug),
      )
      expect(new Set(slugs).size).toBe(slugs.length)
    }
  })

  it('cost whole yen and cents, in the currencies of their shop', () => {
    for (const { spec, listings } of shopsWithListings())
      for (const { prices, sku } of listings.flatMap(({ variants }) => variants)) {
        expect(
          prices.map(({ currencyCode }) => currencyCode),
          sku,
        ).toEqual(spec.currencies)
        for (const { currencyCode, price } of prices) {
          expect(price, sku).toBeGreaterThan(0)
          expect(price % (currencyCode === 'JPY' ? 100 : 1), sku).toBe(0)
        }
      }
  })

  it('have on the shelf at least what open orders wait for, and count it as sold', () => {
    for (const { orders, listings } of shopsWithListings()) {
      const waiting = new Map<string, number>()
      for (const order of orders.filter((one) => !isCart(one)))
        for (const line of order.lines)
          waiting.set(line.sku, (waiting.get(line.sku) ?? 0) + unsentQuantity(order, line))
      expect(Math.max(...waiting.values())).toBeGreaterThan(0)
      for (const { sku, stockAllocated, stockOnHand } of listings.flatMap(({ variants }) => variants)) {
        expect(stockAllocated, sku).toBe(waiting.get(sku) ?? 0)
        expect(stockOnHand, sku).toBeGreaterThanOrEqual(stockAllocated)
      }
    }
  })

  it('have a picture each, all different', () => {
    const codes = listDemoArticles().map(({ code }) => code)
    expect(Object.keys(DEMO_DRAWINGS).sort()).toEqual([...codes].sort())
    const pictures = codes.map((code) =>
      findDemoPicture(`/assets/preview/${code}__preview.png?preset=thumb`)!,
    )
    const seen = pictures.map((png) => {
      expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
      const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
      const length = png.readUInt32BE(33)
      expect(png.subarray(37, 41).toString('latin1')).toBe('IDAT')
      const rows = inflateSync(png.subarray(41, 41 + length))
      expect(rows).toHaveLength(height * (width * 3 + 1))
      return rows.toString('latin1')
    })
    expect(new Set(seen).size).toBe(codes.length)
    for (const url of ['/assets/preview/XXX__preview.png', '/assets/preview/../MUG__preview.png', '/assets/'])
      expect(findDemoPicture(url)).toBeNull()
  })
})

describe('a demo shop that is stirred', () => {
  let folder: string
  let stateFile: string
  const opened: ReturnType<typeof createDemoShops>[] = []
  const open = async () => {
    const shops = createDemoShops({ stateFile, now: () => NOW })
    opened.push(shops)
    const [shop] = await shops.start(['minato'])
    return { shops, shop: shop!, stir: (wish: StirWish) => shops.stir(shop!.baseUrl, wish) }
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'caravel-demo-'))
    stateFile = join(folder, 'demo-shops.json')
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((shops) => shops.stop()))
    rmSync(folder, { recursive: true, force: true })
  })

  it('changes a title, a price and an amount, of what was named or of the first', async () => {
    const { shop, stir } = await open()
    const before = await variantOf(shop, 'TEA-GRN')
    expect(await stir({ what: 'title', target: '2', value: 'ポット' })).toBe(true)
    expect(await stir({ what: 'price', target: 'TEA-GRN', value: '6543' })).toBe(true)
    expect(await stir({ what: 'stock', target: 'TEA-GRN', value: '1' })).toBe(true)
    const after = await variantOf(shop, 'TEA-GRN')
    expect(after.product.name).toBe('ポット')
    expect(after.price).toBe(654_300)
    expect(after.stockOnHand).toBe(before.stockOnHand - 1)
    const other = await variantOf(shop, 'TEA-BLU')
    expect(other.price).toBe(before.price)
    const first = await variantOf(shop, 'MUG-BLU')
    for (const what of ['title', 'price'] as const) expect(await stir({ what, target: '' })).toBe(true)
    const now = await variantOf(shop, 'MUG-BLU')
    expect(now.product.name).not.toBe(first.product.name)
    expect(now.price).toBeGreaterThan(first.price)
    expect(now.price % 100).toBe(0)
  })

  it('deletes a listing, and old orders still name its goods', async () => {
    const { shop, stir } = await open()
    const query = '{ orders { items { id lines { productVariant { id sku } } } } products { totalItems } }'
    const before = (await askDemoShop(shop, query)) as { orders: unknown; products: { totalItems: number } }
    expect(await stir({ what: 'delete-product', target: '1' })).toBe(true)
    const after = (await askDemoShop(shop, query)) as typeof before
    expect(after.products.totalItems).toBe(before.products.totalItems - 1)
    expect(after.orders).toEqual(before.orders)
    const gone = await askDemoShop(shop, '{ product(id: "1") { id } productVariant(id: "1") { id } }')
    expect(gone).toEqual({ product: null, productVariant: null })
  })

  it('changes an address and cancels an order', async () => {
    const { shop, stir } = await open()
    const waiting = (await askDemoShop(
      shop,
      '{ orders(options: { take: 2, filter: { state: { eq: "PaymentSettled" } } }) { items { id code updatedAt } } }',
    )) as { orders: { items: { id: string; code: string; updatedAt: string }[] } }
    const [moved, cancelled] = [waiting.orders.items[0]!, waiting.orders.items[1]!]
    expect(await stir({ what: 'address', target: moved.code, value: '新町9番地' })).toBe(true)
    expect(await stir({ what: 'cancel-order', target: cancelled.id })).toBe(true)
    const read = await askDemoShop(
      shop,
      `{ a: order(id: "${moved.id}") { updatedAt shippingAddress { streetLine1 } } b: order(id: "${cancelled.id}") { state } }`,
    )
    expect(read).toEqual({
      a: { updatedAt: moved.updatedAt, shippingAddress: { streetLine1: '新町9番地' } },
      b: { state: 'Cancelled' },
    })
    expect(await stir({ what: 'cancel-order', target: cancelled.id })).toBe(false)
  })

  it.each<StirWish>([
    { what: 'title', target: '999' },
    { what: 'price', target: '2', value: 'free' },
    { what: 'stock', target: '2', value: '-1' },
    { what: 'stock', target: '2', value: '999999' },
    { what: 'stock', target: 'CRD-01' },
    { what: 'delete-product', target: 'nothing' },
    { what: 'address', target: 'MG-1' },
  ])('does nothing when there is nothing to do: %o', async (wish) => {
    const { stir } = await open()
    const before = readFileSync(stateFile, 'utf8')
    expect(await stir(wish)).toBe(false)
    expect(readFileSync(stateFile, 'utf8')).toBe(before)
  })

  it('is only found at its own address', async () => {
    const { shops } = await open()
    expect(await shops.stir('http://127.0.0.1:1', { what: 'title', target: '' })).toBe(false)
    expect(await shops.stir('', { what: 'title', target: '' })).toBe(false)
  })

  it('keeps it over a restart', async () => {
    const { shop, stir } = await open()
    await stir({ what: 'title', target: '3', value: 'Kept' })
    await stir({ what: 'delete-product', target: '4' })
    await askDemoShop(
      shop,
      'mutation { addNoteToOrder(input: { id: "5", note: "kept", isPublic: false }) { id } }',
    )
    await opened[0]!.stop()
    const again = await open()
    const query =
      '{ product(id: "3") { name } gone: product(id: "4") { id } order(id: "5") { history { items { data } } } }'
    expect(await askDemoShop(again.shop, query)).toEqual({
      product: { name: 'Kept' },
      gone: null,
      order: { history: { items: [{ data: { note: 'kept' } }] } },
    })
  })

  it('takes over the orders of a state file from before there were listings', async () => {
    const orders = makeDemoOrders(
      DEMO_SHOPS.find(({ shop }) => shop === 'minato')!,
      NOW - 3 * DAY,
    )
    const shipped = { ...orders[50]!, state: 'Shipped', code: 'MG-OLD' }
    writeFileSync(stateFile, JSON.stringify({ minato: [...orders.slice(0, 50), shipped] }))
    const { shop } = await open()
    const query =
      '{ orders(options: { filter: { code: { eq: "MG-OLD" } } }) { items { state } } all: orders { totalItems } products { totalItems } }'
    expect(await askDemoShop(shop, query)).toEqual({
      orders: { items: [{ state: 'Shipped' }] },
      all: { totalItems: 51 },
      products: { totalItems: listDemoArticles().length },
    })
  })
})

interface Variant {
  price: number
  stockOnHand: number
  product: { name: string }
}

async function variantOf(shop: DemoShopAccess, sku: string): Promise<Variant> {
  const query = `{ productVariants(options: { filter: { sku: { eq: "${sku}" } } }) { items { price stockOnHand product { name } } } }`
  const { productVariants } = (await askDemoShop(shop, query)) as { productVariants: { items: Variant[] } }
  return productVariants.items[0]!
}
