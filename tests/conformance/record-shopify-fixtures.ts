import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { OperationInput, OperationName, OperationOutput } from '#core/contracts/operations.ts'
import type { Result } from '#core/shared/result.ts'
import { openDesk } from '#tests/conformance/desk.ts'
import type { Exchange, Fixture } from '#tests/conformance/fixture.ts'
import {
  recordShopifyCatalogue,
  type ShopifyRunOptions,
} from '#tests/conformance/record-shopify-catalogue.ts'
import { recordExchanges } from '#tests/conformance/record-exchanges.ts'
import type { Fault } from '#tests/support/fault.ts'
import { startFaultProxy } from '#tests/support/fault-proxy.ts'
import { placeOrder } from '#tests/fakes/shopify/make-orders.ts'
import { startFakeShopify } from '#tests/fakes/shopify/shop-server.ts'
import { createShop, ship, type FakeOrder } from '#tests/fakes/shopify/shop-state.ts'
import { loadShopifySchema } from '../peers/shopify-schema/schema.ts'

/** Writes core/connectors/shopify/fixtures: runs against the fake shop over Shopify's schema. `npx tsx tests/conformance/record-shopify-fixtures.ts` */

const folder = fileURLToPath(new URL('../../core/connectors/shopify/fixtures/', import.meta.url))
const START = Date.UTC(2026, 10, 20, 9)
let clock = START
const shop = createShop({ now: () => (clock += 60_000) })
const fake = await startFakeShopify(await loadShopifySchema('2026-07'), shop)
const proxy = await startFaultProxy(fake.baseUrl)

async function run<N extends OperationName>(
  operation: N,
  name: string,
  input: OperationInput<N>,
  { beforeWrite }: ShopifyRunOptions = {},
): Promise<Result<OperationOutput<N>>> {
  const exchanges: Exchange[] = []
  const desk = openDesk(
    {
      connectorId: 'shopify',
      settings: { baseUrl: proxy.baseUrl },
      secrets: { accessToken: fake.keys.accessToken },
    },
    { execute: recordExchanges(exchanges, { beforeWrite }) },
  )
  const result = await desk.runtime.run(desk.connectionId, operation, input)
  const fixture: Fixture = {
    ...{ recordedFrom: 'A fake shop over Shopify’s Admin schema 2026-07', operation, input, exchanges },
  }
  writeFileSync(`${folder}${operation}.${name}.json`, `${JSON.stringify(fixture, null, 2)}\n`)
  process.stdout.write(`${operation} ${name} ${result.ok ? 'ok' : JSON.stringify(result.error)}\n`)
  return result
}

const breakNext = (request: string, fault: Fault): void => {
  proxy.plan({ match: ({ operation }) => operation === request, fault })
}

const page = (pageSize: number, pageToken: string | null = null) => ({
  checkpoint: null,
  pageToken,
  pageSize,
})
const confirm = (order: FakeOrder, trackingNumber: string) => ({
  ...{ intentId: `intent-${trackingNumber}`, orderRemoteId: order.id, trackingNumber, carrier: 'Royal Mail' },
})

await run('test-connection', 'success', {})
shop.scopes.splice(0, 1)
await run('test-connection', 'scope-missing', {})
shop.scopes.unshift('read_orders')
await run('pull-orders', 'empty', page(10))

const long = Array.from({ length: 34 }, (_, n) => ({
  ...{ sku: `TEA-${n}`, name: `Tea no. ${n}`, quantity: 1, unitPrice: '3.5' },
}))
const orders = [
  placeOrder(shop, { fulfillBy: START + 3 * 86_400_000 }),
  placeOrder(shop, { financial: 'PENDING' }),
  placeOrder(shop, { held: true }),
  placeOrder(shop, { cancelled: true, financial: 'VOIDED' }),
  placeOrder(shop, { lines: long, total: '119.0' }),
  placeOrder(shop, {
    ...{ currency: 'USD', taxesIncluded: false, total: '32.40' },
    lines: [{ sku: 'BOX-3', name: 'Gift box', quantity: 3, unitPrice: '10.0', tax: '2.40' }],
  }),
  placeOrder(shop, { address: null }),
]
await run('pull-orders', 'success', page(10))
let token: string | null = null
for (let n = 1; n === 1 || token !== null; n += 1) {
  const paged: Result<OperationOutput<'pull-orders'>> = await run('pull-orders', `paged-${n}`, page(3, token))
  token = paged.ok ? paged.value.nextPage : null
}
const [newest] = orders.slice(-1)
await run('pull-orders', 'again', {
  checkpoint: { updatedAt: Date.parse(newest!.updatedAt) + 60_000, id: newest!.id },
  pageToken: null,
  pageSize: 10,
})
fake.drain()
await run('pull-orders', 'throttled', page(10))
fake.fill()
breakNext('PullOrders', { kind: 'status', status: 503 })
await run('pull-orders', 'error', page(10))
await run('read-orders', 'success', {
  remoteIds: [...orders.slice(0, 4).map(({ id }) => id), 'gid://shopify/Order/999999'],
})

await run('confirm-shipment', 'success', confirm(orders[0]!, 'RR000000001GB'))
await run('confirm-shipment', 'already', confirm(orders[0]!, 'RR000000001GB'))
await run('confirm-shipment', 'conflict', confirm(orders[0]!, 'RR000000002GB'))
await run('confirm-shipment', 'held', confirm(orders[2]!, 'RR000000003GB'))
await run('confirm-shipment', 'cancelled', confirm(orders[3]!, 'RR000000004GB'))
await run('confirm-shipment', 'not-found', {
  ...confirm(orders[0]!, 'X1'),
  orderRemoteId: 'gid://shopify/Order/1',
})
breakNext('CreateFulfillment', { kind: 'drop-answer' })
await run('confirm-shipment', 'lost-answer', confirm(orders[5]!, 'RR000000005GB'))
await run('confirm-shipment', 'settled', confirm(orders[5]!, 'RR000000005GB'))
const apart = placeOrder(shop, {
  locations: 2,
  lines: [
    { sku: 'MUG-01', name: 'Stoneware mug', quantity: 1, unitPrice: '12.5' },
    { sku: 'TEA-1', name: 'Tea', quantity: 1, unitPrice: '12.5' },
  ],
})
await run('confirm-shipment', 'two-places', confirm(apart, 'RR000000006GB'))
const raced = placeOrder(shop)
await run('confirm-shipment', 'raced', confirm(raced, 'RR000000007GB'), {
  beforeWrite: async () => {
    const ids = raced.fulfilmentOrders.map(({ id }) => id)
    ship(shop, ids, { company: 'Royal Mail', number: 'RR000000007GB' })
  },
})

await recordShopifyCatalogue({ shop, run, breakNext, drain: fake.drain, fill: fake.fill })

await proxy.stop()
await fake.stop()
if (fake.violations.length > 0) throw new Error(fake.violations.join('\n'))
