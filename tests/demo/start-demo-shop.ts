import { countedVariant } from '#main/demo/move-demo-stock.ts'
import { makeDemoOrders, type DemoOrder, type DemoShopSpec } from '#main/demo/demo-orders.ts'
import { serveDemoShop } from '#main/demo/demo-server.ts'
import { makeDemoShopState, type DemoShopWorld } from '#main/demo/demo-shop-state.ts'
import { createDemoShop, type DemoShop } from '#main/demo/demo-shop.ts'

export interface StartedShop {
  baseUrl: string
  username: string
  password: string
  shop: DemoShop
  world: DemoShopWorld
  /** One more paid order. */
  place: () => DemoOrder
  stop: () => Promise<void>
}

/** A demo shop with fewer orders than the demo has, because the suites pull everything one by one. */
export async function startDemoShop(demo: DemoShopSpec): Promise<StartedShop> {
  const spec = { ...demo, orders: 24 }
  const state = makeDemoShopState(spec, Date.now())
  // So that no test runs into an empty shelf.
  for (const variant of state.listings.flatMap(({ variants }) => variants)) variant.stockOnHand += 10_000
  const world = { state, now: Date.now, onChange: () => {} }
  const password = 'demo-password-1'
  const shop = createDemoShop({ ...spec, ...world, username: 'demo', password })
  const server = await serveDemoShop(shop)
  const place = () => {
    const now = Date.now()
    const [template] = makeDemoOrders(spec, now).filter((order) => order.state === 'PaymentSettled')
    const id = String(state.orders.length + 1)
    const lines = template!.lines.map((line, index) => ({ ...line, id: `${id}0${index + 1}` }))
    const times = { orderPlacedAt: now, updatedAt: now }
    const order = { ...template!, id, code: `NEW-${id}`, fulfillments: [], lines, ...times }
    state.orders.push(order)
    for (const line of lines) {
      const variant = countedVariant(state, line)
      if (variant !== null) variant.stockAllocated += line.quantity
    }
    return order
  }
  return {
    baseUrl: server.baseUrl,
    username: 'demo',
    password,
    shop,
    world,
    place,
    stop: () => server.stop(),
  }
}
