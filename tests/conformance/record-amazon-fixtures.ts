import type { OperationOutput } from '#core/contracts/operations.ts'
import type { Result } from '#core/shared/result.ts'
import { startAmazonRecorder } from '#tests/conformance/record-amazon-kit.ts'
import type { Fault } from '#tests/support/fault.ts'
import { confirm, createAccount, type FakeOrder } from '#tests/fakes/amazon/account-state.ts'
import { placeOrder, type OrderFacts } from '#tests/fakes/amazon/make-orders.ts'

/**
 * Writes core/connectors/amazon/fixtures: runs against the fake account behind Amazon's official models.
 * `CARAVEL_SPECS=… npx tsx tests/conformance/record-amazon-fixtures.ts`
 */

const START = Date.UTC(2026, 10, 20, 9)
let clock = START
const account = createAccount({ now: () => clock })
const { fake, proxy, run, stop } = await startAmazonRecorder(
  account,
  ['orders_2026-01-01', 'ordersV0', 'sellers'],
  { beforeRun: () => (clock += 60_000) },
)

const breakNext = (path: RegExp, fault: Fault): void => {
  proxy.plan({ match: (request) => path.test(request.path), fault })
}

const since = { updatedAt: START, id: '000' }
const page = (pageSize: number, pageToken: string | null = null) => ({
  checkpoint: since,
  pageToken,
  pageSize,
})
const tell = (order: FakeOrder, trackingNumber: string, carrier = 'Royal Mail') => ({
  ...{ intentId: `intent-${trackingNumber}`, orderRemoteId: order.id, trackingNumber, carrier },
})
const place = (facts: OrderFacts = {}): FakeOrder => {
  clock += 60_000
  return placeOrder(account, facts)
}

await run('test-connection', 'success', {})
account.roles.delete('orders')
await run('test-connection', 'role-missing', {})
account.roles.add('orders')
for (const market of account.marketplaces) market.isParticipating = false
await run('test-connection', 'wrong-region', {})
for (const market of account.marketplaces) market.isParticipating = true
await run('pull-orders', 'empty', page(50))

const long = Array.from({ length: 12 }, (_, n) => ({
  ...{ sku: `TEA-${n}`, title: `Tea no. ${n}`, quantity: 1, unitPrice: '3.50' },
}))
const parcels = place({ shipBy: START + 3 * 86_400_000 })
const orders = [
  parcels,
  place({ status: 'PENDING', total: null, items: [{ unitPrice: null }], address: null }),
  place({ fulfilledBy: 'AMAZON' }),
  place({ status: 'CANCELLED', items: [{ isCancelled: true }] }),
  place({ items: long, total: '42.00' }),
  place({ items: [{ isCancelRequested: true }, { sku: 'MUG-02', isCancelled: true }] }),
  place({
    ...{ marketplaceId: 'A1F83G8C2ARO7P', currency: 'GBP', total: '33.60' },
    items: [
      {
        ...{ sku: 'BOX-3', title: 'Gift box', quantity: 3, unitPrice: '10.00', iossNumber: 'IM2760000742' },
        breakdowns: [
          { type: 'ITEM', amount: '30.00' },
          { type: 'SHIPPING', amount: '3.00' },
          { type: 'DISCOUNT', amount: '-5.00', details: [{ subtype: 'ITEM', amount: '-5.00' }] },
          {
            ...{ type: 'TAX', amount: '5.60' },
            details: [
              { subtype: 'ITEM', amount: '5.00' },
              { subtype: 'SHIPPING', amount: '0.60' },
            ],
          },
        ],
      },
    ],
    buyerTaxNumber: { type: 'CPF', number: '12345678909' },
  }),
]
clock += 900_000
const newest = place()
clock += 180_000
await run('pull-orders', 'success', page(50))
let token: string | null = null
for (let n = 1; n === 1 || token !== null; n += 1) {
  const paged: Result<OperationOutput<'pull-orders'>> = await run('pull-orders', `paged-${n}`, page(3, token))
  token = paged.ok ? paged.value.nextPage : null
}
await run('pull-orders', 'again', {
  checkpoint: { updatedAt: newest.updatedAt + 60_000, id: newest.id },
  ...{ pageToken: null, pageSize: 50 },
})
fake.drain('SearchOrders')
await run('pull-orders', 'throttled', page(50))
fake.fill('SearchOrders')
breakNext(/^\/orders\/2026-01-01\/orders\?/, { kind: 'status', status: 503 })
await run('pull-orders', 'error', page(50))
await run('read-orders', 'success', {
  remoteIds: [...orders.slice(0, 4).map(({ id }) => id), '302-9999999-9999999'],
})

await run('confirm-shipment', 'success', tell(parcels, 'RR000000001GB'))
await run('confirm-shipment', 'already', tell(parcels, 'RR000000001GB'))
await run('confirm-shipment', 'conflict', tell(parcels, 'RR000000002GB'))
await run('confirm-shipment', 'unpaid', tell(orders[1]!, 'RR000000003GB'))
await run('confirm-shipment', 'by-amazon', tell(orders[2]!, 'RR000000003GB'))
await run('confirm-shipment', 'cancelled', tell(orders[3]!, 'RR000000004GB'))
await run('confirm-shipment', 'not-found', { ...tell(parcels, 'X1'), orderRemoteId: '302-9999999-9999999' })
breakNext(/shipmentConfirmation/, { kind: 'drop-answer' })
await run('confirm-shipment', 'lost-answer', tell(orders[4]!, 'RR000000005GB'))
await run('confirm-shipment', 'settled', tell(orders[4]!, 'RR000000005GB'))
const apart = place({
  items: [
    { sku: 'MUG-01', quantity: 3 },
    { sku: 'TEA-1', quantity: 1 },
  ],
})
const [mugs] = apart.items
confirm(account, apart, {
  ...{
    packageReferenceId: '1',
    carrier: 'DHL',
    trackingNumber: 'JD01',
    shipDate: new Date(clock).toISOString(),
  },
  items: [{ orderItemId: mugs!.orderItemId, quantity: 2 }],
})
await run('confirm-shipment', 'rest', tell(apart, 'RR000000006GB', 'Swan Couriers'))
const raced = place()
await run('confirm-shipment', 'raced', tell(raced, 'RR000000007GB'), {
  beforeWrite: async () => {
    const items = raced.items.map(({ orderItemId, quantity }) => ({ orderItemId, quantity }))
    const shipDate = new Date(clock).toISOString()
    confirm(account, raced, {
      packageReferenceId: '7',
      carrier: 'Royal Mail',
      trackingNumber: 'RR000000007GB',
      shipDate,
      items,
    })
  },
})

await stop()
