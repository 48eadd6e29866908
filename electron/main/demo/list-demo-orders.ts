import { isCart, type DemoHistoryEntry, type DemoOrder } from '#main/demo/demo-orders.ts'
import { pageDemoList, type Fields, type ListOptions, type ListPage } from '#main/demo/page-demo-list.ts'

const ORDER_FIELDS: Fields<DemoOrder> = {
  id: ({ id }) => id,
  code: ({ code }) => code,
  state: ({ state }) => state,
  active: isCart,
  updatedAt: ({ updatedAt }) => wholeSecond(updatedAt),
  orderPlacedAt: (order) => (isCart(order) ? null : order.orderPlacedAt),
}

const ENTRY_FIELDS: Fields<DemoHistoryEntry> = {
  id: ({ id }) => id,
  type: ({ type }) => type,
  isPublic: ({ isPublic }) => isPublic,
  createdAt: ({ createdAt }) => wholeSecond(createdAt),
  updatedAt: ({ updatedAt }) => wholeSecond(updatedAt),
}

export function listDemoOrders(orders: readonly DemoOrder[], list: ListOptions): ListPage<DemoOrder> {
  return pageDemoList(orders, list, ORDER_FIELDS)
}

export function listDemoHistory(order: DemoOrder, list: ListOptions): ListPage<DemoHistoryEntry> {
  return pageDemoList(order.history ?? [], list, ENTRY_FIELDS)
}

/** `updatedAt` has whole seconds there, `orderPlacedAt` milliseconds. */
export function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000
}
