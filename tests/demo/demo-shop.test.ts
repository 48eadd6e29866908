import { cancelDemoOrder } from '#main/demo/cancel-demo-order.ts'
import { DEMO_SHOPS } from '#main/demo/demo-orders.ts'
import { addFulfillment, transitionFulfillment } from '#main/demo/fulfil-demo-order.ts'
import { describeVendureChanges } from '#tests/conformance/vendure-changes.suite.ts'
import { describeVendureShop, type ShopUnderTest } from '#tests/conformance/vendure-shop.suite.ts'
import { startDemoShop } from '#tests/demo/start-demo-shop.ts'

// The same suites as in tests/peers/vendure run against a real Vendure.
for (const spec of DEMO_SHOPS) {
  describeVendureShop(`the demo shop ${spec.name}`, () => startShop(spec))
  describeVendureChanges(`the catalogue of ${spec.name}`, async () => {
    const started = await startDemoShop(spec)
    return { ...started, placeOrder: async () => started.place() }
  })
}

async function startShop(spec: (typeof DEMO_SHOPS)[number]): Promise<ShopUnderTest> {
  const { shop, world, place, ...started } = await startDemoShop(spec)
  const find = (code: string) => world.state.orders.find((order) => order.code === code)!
  return {
    ...started,
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
  }
}
