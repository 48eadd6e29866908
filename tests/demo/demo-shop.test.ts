import { DEMO_SHOPS, makeDemoOrders } from '#main/demo/demo-orders.ts'
import { cancelDemoOrder } from '#main/demo/cancel-demo-order.ts'
import { countedVariant } from '#main/demo/move-demo-stock.ts'
import { makeDemoShopState } from '#main/demo/demo-shop-state.ts'
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
  const state = makeDemoShopState(spec, Date.now())
  const { orders } = state
  const world = { state, now: Date.now, onChange: () => {} }
  const password = 'demo-password-1'
  const shop = createDemoShop({ ...spec, ...world, username: 'demo', password })
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
    for (const line of lines) {
      // Enough of everything, so that no test runs into an empty shelf.
      const variant = countedVariant(state, line)
      if (variant === null) continue
      variant.stockAllocated += line.quantity
      variant.stockOnHand += line.quantity
    }
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
      addFulfillment(world, { lines, handler: { code: 'manual-fulfillment', arguments: values } })
      const { id } = find(code).fulfillments.at(-1)!
      transitionFulfillment(world, { id, state: 'Shipped' })
    },
    cancelOrder: async (code) => {
      cancelDemoOrder(world, { orderId: find(code).id, reason: 'test' })
    },
    expireSessions: () => shop.expireSessions(),
    listFulfilments: async (code) => find(code).fulfillments,
    stop: () => server.stop(),
  }
}
