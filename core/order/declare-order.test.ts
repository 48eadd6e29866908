import { describe, expect, it } from 'vitest'
import type { ItemCustoms, Product } from '#core/catalog/product.ts'
import { customsError, customsWarning } from '#core/customs/finding.ts'
import { isIgnorable, withoutIgnored } from '#core/customs/ignored-finding.ts'
import { mergeCustoms } from '#core/customs/merge-customs.ts'
import { money } from '#core/money/money.ts'
import { declareOrder } from '#core/order/declare-order.ts'
import type { OrderLine } from '#core/order/order.ts'
import type { ProductId } from '#core/shared/ids.ts'

const nothing: ItemCustoms = {
  ...{ description: '', descriptionLocal: '', hs6: '', origin: '', unitValue: null, unitNetGrams: null },
}
const line = (sku: string, minor: number): OrderLine => ({
  ...{ remoteLineId: sku, sku, title: sku, quantity: 1, unitPrice: money(minor, 'EUR'), customs: null },
})
const product = (sku: string, cost: number): Product => ({
  ...{ id: sku as ProductId, sku, titles: {}, customs: nothing, cost: money(cost, 'EUR'), updatedAt: 0 },
})

function valuesOf(lines: OrderLine[], total: number, products: Product[] = []): number[] {
  const { built } = declareOrder(
    { lines, total: money(total, 'EUR'), shipTo: null },
    {
      products: new Map(products.map((each) => [each.sku, each])),
      ...{ account: null, rates: null, grossGrams: 0, signer: '', day: '2026-11-22' },
    },
  )
  return built.ok ? built.value.lines.map(({ value }) => value.minor) : []
}

describe('declareOrder', () => {
  it('declares what was paid: prices, less what the whole order cost less', () => {
    expect(valuesOf([line('A', 1000), line('B', 500)], 1500)).toEqual([1000, 500])
    expect(valuesOf([line('A', 1000), line('B', 500)], 1900)).toEqual([1000, 500])
    expect(valuesOf([line('A', 1000), line('B', 500)], 1400)).toEqual([933, 467])
    expect(valuesOf([line('A', 1000)], 0)).toEqual([1000])
  })
  it('gives a free gift a value by what it costs', () => {
    expect(valuesOf([line('A', 900), line('B', 0)], 900, [product('B', 100)])).toEqual([810, 90])
  })
})

describe('facts of the whole desk', () => {
  it('stand in where neither the line nor the product knows', () => {
    const account = { origin: 'CN', description: 'Ceramic mug' }
    const { customs, from } = mergeCustoms({ ...nothing, origin: 'VN' }, nothing, account)
    expect(customs).toEqual({ ...nothing, origin: 'VN', description: 'Ceramic mug' })
    expect(from).toMatchObject({ origin: 'product', description: 'account', hs6: 'none', unitValue: 'none' })
  })
})

describe('ignored findings', () => {
  const lines = [{ sku: 'A' }, { sku: 'B' }]
  const pass = { why: 'Seen', by: 'Li', at: 1 }
  const vague = customsError('description', 'lines.1.customs.description', 'description-vague')
  const ignored = [{ ...pass, reason: 'description-vague', field: 'customs.description', sku: 'B' }]
  it('follow the goods, not the place', () => {
    expect(withoutIgnored([vague], ignored, lines)).toEqual([])
    expect(withoutIgnored([vague], ignored, [...lines].reverse())).toEqual([vague])
    const moved = { ...vague, field: 'lines.0.customs.description' }
    expect(withoutIgnored([moved], ignored, [...lines].reverse())).toEqual([])
  })
  it('are never what a paper cannot print', () => {
    const missing = customsError('origin', 'lines.1.customs.origin', 'origin-missing')
    expect(isIgnorable(missing)).toBe(false)
    const forged = [{ ...pass, reason: 'origin-missing', field: 'customs.origin', sku: 'B' }]
    expect(withoutIgnored([missing], forged, lines)).toEqual([missing])
  })
  it('may be about the parcel', () => {
    const rate = customsWarning('form', 'total', 'unknown-rate')
    expect(
      withoutIgnored([rate], [{ ...pass, reason: 'unknown-rate', field: 'total', sku: '' }], lines),
    ).toEqual([])
  })
})
