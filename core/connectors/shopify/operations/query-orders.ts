import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { Step } from '#core/connectors/_kit/operation.ts'
import { callGraphql } from '#core/connectors/_kit/graphql.ts'
import { parseWith, readField } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/shopify/api.ts'
import { LINE_FIELDS, linePageWireSchema, ORDER_FIELDS } from '#core/connectors/shopify/wire.ts'

const PULL = `query PullOrders($first: Int!, $after: String, $query: String) {
  orders(first: $first, after: $after, sortKey: UPDATED_AT, query: $query) {
    nodes {
    ${ORDER_FIELDS}
    }
    pageInfo { hasNextPage endCursor }
  }
}`

const READ = `query ReadOrders($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Order {
    ${ORDER_FIELDS}
  } }
}`

const READ_LINES = `query ReadOrderLines($id: ID!, $after: String!) {
  order(id: $id) { lineItems(first: 100, after: $after) { nodes { ${LINE_FIELDS} } pageInfo { hasNextPage endCursor } } }
}`

/** More lines than any order has; ends a walk that a shop never ends. */
const MOST_LINE_PAGES = 10

export interface OrdersPage {
  /** Orders not parsed yet, with all their lines. */
  raw: unknown[]
  /** Where the next page begins; null after the last. */
  next: string | null
}

/** A page of orders by time of change, oldest first. */
export function* queryOrders(first: number, after: string | null, query: string | null): Step<OrdersPage> {
  const variables = { first, after, query }
  const answer = yield* callGraphql(adminApi, { name: 'PullOrders', query: PULL, variables, effect: 'read' })
  if (!answer.ok) return answer
  const nodes = readField(answer.value['orders'], 'nodes')
  const pageInfo = readField(answer.value['orders'], 'pageInfo')
  const hasNext = readField(pageInfo, 'hasNextPage')
  const cursor = readField(pageInfo, 'endCursor')
  // A page that does not say whether it is the last one must not end a pull.
  if (!Array.isArray(nodes) || typeof hasNext !== 'boolean' || (hasNext && typeof cursor !== 'string'))
    return err(issue('malformed', { reason: 'unreadable-answer', field: 'orders' }))
  const raw = yield* fillLines(nodes)
  return raw.ok ? ok({ raw: raw.value, next: hasNext ? (cursor as string) : null }) : raw
}

/** These orders; what is not there is left out. */
export function* queryOrdersById(ids: readonly string[]): Step<unknown[]> {
  const variables = { ids }
  const answer = yield* callGraphql(adminApi, { name: 'ReadOrders', query: READ, variables, effect: 'read' })
  if (!answer.ok) return answer
  const nodes = answer.value['nodes']
  if (!Array.isArray(nodes)) return err(issue('malformed', { reason: 'unreadable-answer', field: 'nodes' }))
  return yield* fillLines(nodes.filter(isOrder))
}

/** An id that is not there gives null, and one of something else an object without any of our fields. */
function isOrder(node: unknown): boolean {
  return typeof node === 'object' && node !== null && Object.keys(node).length > 0
}

/** Reads the lines that did not fit on the page of their order. One whose lines cannot be had is set aside by its parser. */
export function* fillLines(orders: readonly unknown[]): Step<unknown[]> {
  const filled: unknown[] = []
  for (const order of orders) {
    const whole = yield* fillOrder(order)
    if (!whole.ok) return whole
    filled.push(whole.value)
  }
  return ok(filled)
}

function* fillOrder(order: unknown): Step<unknown> {
  const id = readField(order, 'id')
  const first = parseWith(linePageWireSchema, readField(order, 'lineItems'))
  if (!first.ok || !first.value.pageInfo.hasNextPage || typeof id !== 'string') return ok(order)
  const nodes = [...first.value.nodes]
  let { pageInfo } = first.value
  for (let pages = 0; pageInfo.hasNextPage; pages += 1) {
    const after = pageInfo.endCursor
    if (after === null || pages === MOST_LINE_PAGES)
      return err(issue('malformed', { reason: 'unreadable-answer', field: 'lineItems' }))
    const variables = { id, after }
    const answer = yield* callGraphql(adminApi, {
      ...{ name: 'ReadOrderLines', query: READ_LINES, variables },
      effect: 'read',
    })
    if (!answer.ok) return answer
    const page = parseWith(linePageWireSchema, readField(answer.value['order'], 'lineItems'))
    if (!page.ok) return err(issue('malformed', { reason: 'unreadable-answer', remoteMessage: page.error }))
    nodes.push(...page.value.nodes)
    pageInfo = page.value.pageInfo
  }
  return ok({ ...(order as object), lineItems: { nodes, pageInfo } })
}
