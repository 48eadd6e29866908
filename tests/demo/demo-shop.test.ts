import { DEMO_SHOPS, makeDemoOrders } from '#main/demo/demo-orders.ts'
import { serveDemoShop } from '#main/demo/demo-server.ts'
import { createDemoShop } from '#main/demo/demo-shop.ts'
import { describeVendureShop, type ShopUnderTest } from '#tests/conformance/vendure-shop.suite.ts'

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
  return {
    baseUrl: server.baseUrl,
    username: 'demo',
    password,
    placeOrders: async (n) => {
      const now = Date.now()
      const [template] = makeDemoOrders(spec, now).filter(({ state }) => state === 'PaymentSettled')
      return Array.from({ length: n }, () => {
        const id = String(orders.length + 1)
        const lines = template!.lines.map((line, index) => ({ ...line, id: `${id}0${index + 1}` }))
        const order = {
          ...template!,
          id,
          code: `NEW-${id}`,
          fulfillments: [],
          lines,
          orderPlacedAt: now,
          updatedAt: now,
        }
        orders.push(order)
        return { id, code: order.code }
      })
    },
    cancelOrder: async (code) => {
      Object.assign(find(code), { state: 'Cancelled', updatedAt: Date.now() })
    },
    expireSessions: () => shop.expireSessions(),
    listFulfilments: async (code) => find(code).fulfillments,
    stop: () => server.stop(),
  }
}
