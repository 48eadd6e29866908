import { DEMO_SHOPS, makeDemoOrders, type DemoOrder, type DemoShopSpec } from '#main/demo/demo-orders.ts'
import { serveDemoShop } from '#main/demo/demo-server.ts'
import { makeDemoShopState } from '#main/demo/demo-shop-state.ts'
import { createDemoShop } from '#main/demo/demo-shop.ts'
import { prepareAnswers, type OrderListOptions } from '#tests/bench/ready-answers.ts'

export interface BigShop {
  baseUrl: string
  username: string
  password: string
  /** Every page of orders that was asked for, in order: when, and where it begins. */
  asked: { at: number; place: string }[]
  stop(): Promise<void>
}

const PASSWORD = 'bench-password-1'

/** A shop on this machine with so many orders of the last weeks, about half of them not shipped yet. */
export async function startBigShop(count: number): Promise<BigShop> {
  const spec = { ...(DEMO_SHOPS[0] as DemoShopSpec), orders: count }
  const orders = makeOrders(spec, Date.now())
  const state = makeDemoShopState(spec, Date.now(), orders)
  const shop = createDemoShop({
    ...spec,
    username: 'bench',
    password: PASSWORD,
    state,
    now: Date.now,
    onChange: () => {},
  })
  const asked: BigShop['asked'] = []
  const ready = prepareAnswers(state, { locale: spec.locale, currency: spec.currency, origin: '' })
  const answer: typeof shop.answer = (request, token) => {
    if (!request.query.includes('query PullOrders')) return shop.answer(request, token)
    const options = request.variables['options'] as OrderListOptions
    const { skip = 0, sort = {}, filter = {} } = options
    asked.push({ at: Date.now(), place: JSON.stringify([sort, filter.updatedAt ?? null, skip]) })
    const data = ready(options)
    return data === null
      ? shop.answer(request, token)
      : Promise.resolve({ status: 200, body: { data: data as Record<string, unknown> }, newToken: null })
  }
  const server = await serveDemoShop({ ...shop, answer })
  return {
    baseUrl: server.baseUrl,
    username: 'bench',
    password: PASSWORD,
    asked,
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
