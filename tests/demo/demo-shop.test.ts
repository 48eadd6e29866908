import { DEMO_SHOPS, makeDemoOrders } from '#main/demo/demo-orders.ts'
import { addFulfillment, transitionFulfillment } from '#main/demo/fulfil-demo-order.ts'
import { serveDemoShop } from '#main/demo/demo-server.ts'
import { createDemoShop } from '#main/demo/demo-shop.ts'
import type { ShopUnderTest } from '#tests/conformance/vendure-bench.ts'
import { describeVendureShop } from '#tests/conformance/vendure-shop.suite.ts'

// The same suite as tests/peers/vendure/vendure-connector.test.ts runs against a real Vendure. Fewer orders than the demo
// has, because the suite pulls everything one order at a time.
for (const spec of DEMO_SHOPS) {
  describeVendureShop(`the demo shop ${spec.name}`, () => startDemoShop({ ...spec, orders: 24 }))
}

async function startDemoShop(spec: (typeof DEMO_SHOPS)[number]): Promise<ShopUnderTest> {
  const orders = makeDemoOrders(spec, Date.now())
  const password = 'demo-password-1'
  const shop = createDemoShop({
    ...spec,
    username: 'demo',
    password,
    orders,
    now: Date.now,
    onChange: () => {},
  })
  const server = await serveDemoShop(shop)
  const find = (code: string) => orders.find((order) => order.code === code)!
  const place = () => {
    const now = Date.now()
    const [template] = makeDemoOrders(spec, now).filter(({ state }) => state === 'PaymentSettled')
    const id = String(orders.length + 1)
    const lines = template!.lines.map((line, index) => ({ ...line, id: `${id}0${index + 1}` }))
    const times = { orderPlacedAt: now, updatedAt: now }
    const order = { ...template!, id, code: `NEW-${id}`, fulfillments: [], lines, ...times }
    orders.push(order)
    return order
  }
  return {
    baseUrl: server.baseUrl,
    username: 'demo',
    password,
    placeOrders: async (n) => Array.from({ length: n }, place),
    placeLate: async (beforePayment) => {
      const order = Object.assign(place(), { state: 'AddingItems' })
      await beforePayment()
      return Object.assign(order, { state: 'PaymentSettled', orderPlacedAt: Date.now() })
    },
    shipElsewhere: async (code, trackingNumber) => {
      const lines = find(code).lines.map(({ id, quantity }) => ({ orderLineId: id, quantity }))
      const named = { method: 'DHL', trackingCode: trackingNumber }
      const values = Object.entries(named).map(([name, value]) => ({ name, value }))
      const changed = { orders, onChange: () => {} }
      addFulfillment(changed, { lines, handler: { code: 'manual-fulfillment', arguments: values } })
      const { id } = find(code).fulfillments.at(-1)!
      transitionFulfillment(changed, { id, state: 'Shipped' })
    },
    cancelOrder: async (code) => {
      Object.assign(find(code), { state: 'Cancelled', updatedAt: Date.now() })
    },
    expireSessions: () => shop.expireSessions(),
    listFulfilments: async (code) => find(code).fulfillments,
    stop: () => server.stop(),
  }
}
