import { err, ok } from '#core/shared/result.ts'
import type { Step } from '#core/connectors/_kit/operation.ts'
import { LINE_FIELDS, orderFields } from '#core/connectors/shopify/wire.ts'
import {
  askFor,
  fillLists,
  isThere,
  readListPage,
  unreadable,
  type ListPage,
  type ListQuery,
} from '#core/connectors/shopify/operations/read-list.ts'

/** Orders with more are read one by one when they are confirmed. */
const PARCELS = 5

const PULL = `query PullOrders($first: Int!, $after: String, $query: String) {
  orders(first: $first, after: $after, sortKey: UPDATED_AT, query: $query) {
    nodes {
    ${orderFields(PARCELS)}
    }
    pageInfo { hasNextPage endCursor }
  }
}`

const READ = `query ReadOrders($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Order {
    ${orderFields(PARCELS)}
  } }
}`

const LINES: ListQuery = {
  list: 'lineItems',
  item: 'order',
  name: 'ReadOrderLines',
  query: `query ReadOrderLines($id: ID!, $after: String!) {
  order(id: $id) { lineItems(first: 80, after: $after) { nodes { ${LINE_FIELDS} } pageInfo { hasNextPage endCursor } } }
}`,
}

/** A page of orders by time of change, oldest first, with all their lines. */
export function* queryOrders(first: number, after: string | null, query: string | null): Step<ListPage> {
  const answer = yield* askFor({ name: 'PullOrders', query: PULL }, { first, after, query })
  if (!answer.ok) return answer
  const page = readListPage(answer.value['orders'], 'orders')
  if (!page.ok) return page
  const raw = yield* fillLines(page.value.raw)
  return raw.ok ? ok({ ...page.value, raw: raw.value }) : raw
}

/** These orders; what is not there is left out. */
export function* queryOrdersById(ids: readonly string[]): Step<unknown[]> {
  const answer = yield* askFor({ name: 'ReadOrders', query: READ }, { ids })
  if (!answer.ok) return answer
  const nodes = answer.value['nodes']
  return Array.isArray(nodes) ? yield* fillLines(nodes.filter(isThere)) : err(unreadable('nodes'))
}

/** Reads the lines that did not fit on the page of their order. */
export function fillLines(orders: readonly unknown[]): Step<unknown[]> {
  return fillLists(orders, LINES)
}
