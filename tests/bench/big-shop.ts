import { DEMO_SHOPS, makeDemoOrders, type DemoOrder, type DemoShopSpec } from '#main/demo/demo-orders.ts'
import { serveDemoShop } from '#main/demo/demo-server.ts'
import { makeDemoShopState } from '#main/demo/demo-shop-state.ts'
import { createDemoShop } from '#main/demo/demo-shop.ts'

export interface BigShop {
  baseUrl: string
  username: string
  password: string
  /** Epoch ms of the first request that asked for orders; null before. */
  firstAsked(): number | null
  stop(): Promise<void>
}

const PASSWORD = 'bench-password-1'

/** A shop on this machine with so many orders of the last weeks, about half of them not shipped yet. */
export async function startBigShop(count: number): Promise<BigShop> {
  const spec = { ...(DEMO_SHOPS[0] as DemoShopSpec), orders: count }
  const state = makeDemoShopState(spec, Date.now(), makeOrders(spec, Date.now()))
  const shop = createDemoShop({
    ...spec,
    username: 'bench',
    password: PASSWORD,
    state,
    now: Date.now,
    onChange: () => {},
  })
  let firstAsked: number | null = null
  const answer: typeof shop.answer = (request, token) => {
    if (request.query.includes('query PullOrders')) firstAsked ??= Date.now()
    return shop.answer(request, token)
  }
  const server = await serveDemoShop({ ...shop, answer })
  return {
    baseUrl: server.baseUrl,
    username: 'bench',
    password: PASSWORD,
    firstAsked: () => firstAsked,
    stop: () => server.stop(),
  }
}

/** The demo's orders, drawn together to 30 days: a busy shop instead of an old one. */
function makeOrders(spec: DemoShopSpec, now: number): DemoOrder[] {
  const orders = makeDemoOrders(spec, now)
  const shrink = (30 * 24 * 3_600_000) / (now - (orders[0]?.orderPlacedAt ?? now - 1))
  const move = (at: number) => now - 1_000 - Math.floor((now - at) * shrink)
  return orders.map((order, index) => {
    const times = { orderPlacedAt: move(order.orderPlacedAt), updatedAt: move(order.updatedAt) }
    const waits = index % 2 === 0 && order.fulfillments.length > 0
    return { ...order, ...times, ...(waits ? { state: 'PaymentSettled', fulfillments: [] } : {}) }
  })
}
