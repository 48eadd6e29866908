import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { money } from '#core/money/money.ts'
import type { InsightsQuery } from '#core/order/insights.ts'
import { ProductCosts } from '#renderer/data/order-index/product-costs.ts'
import { InsightsReader } from '#renderer/data/order-index/read-insights.ts'
import { saveRateSets } from '#renderer/data/repos/rates.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { editProductFacts } from '#renderer/usecases/edit-product-facts.ts'
import { openIndex } from '#tests/support/index-desk.ts'
import { openTestDesk, remoteOrder, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

const DAY = new Date(START).toISOString().slice(0, 10)
const QUERY: InsightsQuery = { period: { from: '2026-01-01', to: '2026-12-31' }, filters: {}, home: 'USD' }

const pull = (desk: TestDesk, numbers: number[]) =>
  inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(
      desk as never,
      SHOP,
      numbers.map((n) => remoteOrder(n, { placedAt: START })),
    ),
  )
const saveRates = ({ db }: TestDesk, date: string, usd: string) =>
  inUnit(db, { stores: ['rateSets'], durability: 'relaxed' }, () =>
    saveRateSets(db, [{ base: 'EUR', date, source: 'ecb', rates: { USD: usd } }], {
      from: 'line',
      storedAt: START,
    }),
  )

it('figures follow orders, rates and costs, and orders are read from the index alone', async () => {
  const desk = await openTestDesk()
  await pull(desk, [1, 2])
  const { index, follower } = await openIndex(desk.db)
  const reader = new InsightsReader(desk.db, index, () => Promise.resolve())
  const minor = remoteOrder(1).total.minor
  const lines = remoteOrder(1).lines.reduce(
    (sum, { unitPrice, quantity }) => sum + unitPrice.minor * quantity,
    0,
  )
  const pieces = remoteOrder(1).lines.reduce((sum, { quantity }) => sum + quantity, 0)

  expect(await reader.read(QUERY)).toMatchObject({
    total: { orders: 2, revenue: 0 },
    unconverted: [{ currency: 'EUR', orders: 2, minor: 2 * minor }],
  })
  await saveRates(desk, DAY, '2')
  expect(await reader.read(QUERY)).toMatchObject({ total: { revenue: 4 * minor, known: 0 }, unconverted: [] })

  await editProductFacts(desk, { sku: 'MUG', cost: money(10, 'USD'), barcodes: [] })
  const priced = await reader.read(QUERY)
  expect(priced.total).toMatchObject({ known: 4 * lines, margin: 4 * lines - 2 * pieces * 10 })
  await editProductFacts(desk, { sku: 'MUG', cost: null, barcodes: [] })
  expect((await reader.read(QUERY)).total).toMatchObject({ known: 0, margin: 0 })

  await pull(desk, [3])
  await follower.catchUp()
  await desk.db.orders.clear()
  expect((await reader.read(QUERY)).total.orders).toBe(3)
  expect((await reader.read({ ...QUERY, filters: { country: ['AQ'] } })).total.orders).toBe(0)
  reader.stop()
})

it('costs go to the SKUs of the index as it is now, also when it was made anew', async () => {
  const desk = await openTestDesk()
  const cost = money(7, 'EUR')
  await editProductFacts(desk, { sku: 'MUG', cost, barcodes: [] })
  const costs = new ProductCosts(desk.db)
  await costs.refresh()
  const minorOf = (skus: readonly string[]) => [...costs.columns(skus).minor]
  expect(minorOf(['', 'MUG', 'CUP'])).toEqual([NaN, 7, NaN])
  expect(minorOf(['', 'CUP', 'MUG'])).toEqual([NaN, NaN, 7])
  const grown = ['', 'MUG']
  expect(minorOf(grown)).toEqual([NaN, 7])
  grown.push('CUP')
  expect(minorOf(grown)).toEqual([NaN, 7, NaN])
  costs.stop()
})
