import { DEMO_MONEY_PRECISION } from '#main/demo/demo-orders.ts'
import type { DemoShopState } from '#main/demo/demo-shop-state.ts'
import { wholeSecond } from '#main/demo/list-demo-orders.ts'
import type { Showing } from '#main/demo/show-demo-listing.ts'
import { showOrder } from '#main/demo/show-demo-order.ts'
import { OPEN_STATES } from '#core/connectors/vendure/units.ts'

/** Vendure's options of a list of orders, as far as a pull uses them. */
export interface OrderListOptions {
  take?: number
  skip?: number
  sort?: Readonly<Record<string, string>>
  filter?: { updatedAt?: { after?: string }; id?: unknown; _or?: unknown }
}

/** An answer that needs no work any more; null when the question is none of a first pull. */
export type ReadyAnswer = (options: OrderListOptions) => object | null

/**
 * The answers of a first pull, prepared: a shop that shares two cores with the app and runs a GraphQL engine over 100,000
 * orders for every page would be measured instead of the app.
 */
export function prepareAnswers({ orders, listings }: DemoShopState, showing: Showing): ReadyAnswer {
  const byTime = [...orders].sort((a, b) => wholeSecond(a.updatedAt) - wholeSecond(b.updatedAt))
  const times = byTime.map(({ updatedAt }) => wholeSecond(updatedAt))
  const shown = byTime.map((order) => trim(showOrder(order, listings, showing)))
  const open = orders
    .filter(({ state }) => OPEN_STATES.includes(state))
    .map((order) => trim(showOrder(order, listings, showing)))
  return ({ take = 100, skip = 0, filter = {}, sort = {} }) => {
    if (filter._or !== undefined || filter.id !== undefined) return null
    const isSweep = 'id' in sort
    const after = filter.updatedAt?.after
    const from = isSweep ? skip : skip + (after === undefined ? 0 : firstAfter(times, Date.parse(after)))
    return toBody((isSweep ? open : shown).slice(from, from + take))
  }
}

function toBody(items: readonly object[]): object {
  return {
    globalSettings: { serverConfig: { moneyStrategyPrecision: DEMO_MONEY_PRECISION } },
    orders: { items },
  }
}

/** What the query asks for, and nothing else. */
function trim(order: ReturnType<typeof showOrder>): object {
  const { id, code, state, currencyCode, totalWithTax, orderPlacedAt, updatedAt, customer } = order
  const { shippingAddress, lines, fulfillments } = order
  return {
    ...{ id, code, state, currencyCode, totalWithTax, orderPlacedAt, updatedAt, customer, shippingAddress },
    lines: lines.map(({ fulfillmentLines: _parts, ...line }) => line),
    fulfillments,
  }
}

function firstAfter(times: readonly number[], at: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) > at) high = middle
    else low = middle + 1
  }
  return low
}
