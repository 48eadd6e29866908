import { GraphQLError } from 'graphql'
import { isCart, type DemoOrder } from '#main/demo/demo-orders.ts'

/** The order list of a demo shop: filter, sort and page as a real Vendure on SQLite does. */

interface DateFilter {
  after?: string
  before?: string
  eq?: string
}
interface TextFilter {
  eq?: string
  notEq?: string
  contains?: string
  in?: string[]
  notIn?: string[]
}
interface OrderFilter {
  id?: TextFilter
  code?: TextFilter
  state?: TextFilter
  active?: { eq?: boolean }
  updatedAt?: DateFilter
  orderPlacedAt?: DateFilter
  _and?: OrderFilter[]
  _or?: OrderFilter[]
}
type SortKey = 'id' | 'updatedAt' | 'orderPlacedAt' | 'code'

export interface OrderListOptions {
  skip?: number
  take?: number
  filter?: OrderFilter
  sort?: Partial<Record<SortKey, 'ASC' | 'DESC'>>
}

const MAX_TAKE = 1000

export function listDemoOrders(
  orders: readonly DemoOrder[],
  list: OrderListOptions,
): { items: DemoOrder[]; totalItems: number } {
  if ((list.take ?? 0) > MAX_TAKE) {
    throw new GraphQLError(`Cannot take more than ${MAX_TAKE} results from a list query`, {
      extensions: { code: 'USER_INPUT_ERROR' },
    })
  }
  // 0 and below mean "no limit given".
  const take = list.take !== undefined && list.take > 0 ? list.take : MAX_TAKE
  const skip = Math.max(0, list.skip ?? 0)
  const found = orders.filter((order) => matches(order, list.filter ?? {}))
  // In the order of the schema's fields, whatever the request's order is: `id` goes before `updatedAt`.
  const keys = Object.entries(list.sort ?? { id: 'ASC' }) as [SortKey, 'ASC' | 'DESC'][]
  found.sort((a, b) => {
    for (const [key, direction] of keys) {
      const order = compare(sortValue(a, key), sortValue(b, key))
      if (order !== 0) return direction === 'DESC' ? -order : order
    }
    return 0
  })
  return { totalItems: found.length, items: found.slice(skip, skip + take) }
}

/** `updatedAt` has whole seconds there, `orderPlacedAt` milliseconds. */
export function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000
}

function sortValue(order: DemoOrder, key: SortKey): number | string {
  if (key === 'updatedAt') return wholeSecond(order.updatedAt)
  if (key === 'orderPlacedAt') return order.orderPlacedAt
  if (key === 'code') return order.code
  return Number(order.id)
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function matches(order: DemoOrder, filter: OrderFilter): boolean {
  return (
    matchesText(order.id, filter.id) &&
    matchesText(order.code, filter.code) &&
    matchesText(order.state, filter.state) &&
    (filter.active?.eq === undefined || filter.active.eq === isCart(order)) &&
    matchesDate(wholeSecond(order.updatedAt), filter.updatedAt) &&
    (filter.orderPlacedAt === undefined || !isCart(order)) &&
    matchesDate(order.orderPlacedAt, filter.orderPlacedAt) &&
    (filter._and ?? []).every((part) => matches(order, part)) &&
    (filter._or === undefined || filter._or.some((part) => matches(order, part)))
  )
}

function matchesDate(value: number, filter: DateFilter | undefined): boolean {
  if (!filter) return true
  return (
    (filter.after === undefined || value > Date.parse(filter.after)) &&
    (filter.before === undefined || value < Date.parse(filter.before)) &&
    (filter.eq === undefined || value === Date.parse(filter.eq))
  )
}

function matchesText(value: string, filter: TextFilter | undefined): boolean {
  if (!filter) return true
  return (
    (filter.eq === undefined || value === filter.eq) &&
    (filter.notEq === undefined || value !== filter.notEq) &&
    (filter.contains === undefined || value.toLowerCase().includes(filter.contains.toLowerCase())) &&
    (filter.in === undefined || filter.in.includes(value)) &&
    (filter.notIn === undefined || !filter.notIn.includes(value))
  )
}
