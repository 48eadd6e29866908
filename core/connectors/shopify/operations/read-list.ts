import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Step } from '#core/connectors/_kit/operation.ts'
import { callGraphql, type GraphqlData } from '#core/connectors/_kit/graphql.ts'
import { readField } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/shopify/api.ts'

/** A page of one of Shopify's lists (connections). */
export interface ListPage {
  /** Not parsed yet. */
  raw: unknown[]
  /** Where the next page begins; null after the last. */
  next: string | null
}

/** Reads a list of an answer. A page that does not say whether it is the last one must not end a pull. */
export function readListPage(list: unknown, name: string): Result<ListPage> {
  const raw = readField(list, 'nodes')
  const pageInfo = readField(list, 'pageInfo')
  const hasNext = readField(pageInfo, 'hasNextPage')
  const cursor = readField(pageInfo, 'endCursor')
  if (!Array.isArray(raw) || typeof hasNext !== 'boolean' || (hasNext && typeof cursor !== 'string'))
    return err(unreadable(name))
  return ok({ raw, next: hasNext ? (cursor as string) : null })
}

/** How the rest of a list is read that did not fit on the page of its item. */
export interface ListQuery {
  /** Field of the item. */
  list: string
  /** Of the operation in `query`, which takes `$id` and `$after`. */
  name: string
  query: string
  /** Field of the answer that holds the item. */
  item: string
}

/** More pages than any list has here; ends a walk that a shop never ends. */
const MOST_PAGES = 20

/** Items with their whole lists. One whose list cannot be read is left as it is, for its parser to set aside. */
export function* fillLists(items: readonly unknown[], query: ListQuery): Step<unknown[]> {
  const filled: unknown[] = []
  for (const item of items) {
    const whole = yield* fillList(item, query)
    if (!whole.ok) return whole
    filled.push(whole.value)
  }
  return ok(filled)
}

function* fillList(item: unknown, query: ListQuery): Step<unknown> {
  const id = readField(item, 'id')
  const first = readListPage(readField(item, query.list), query.list)
  if (!first.ok || first.value.next === null || typeof id !== 'string') return ok(item)
  const rest = yield* readRest(first.value.next, function* (after) {
    const answer = yield* askFor(query, { id, after })
    return answer.ok ? readListPage(readField(answer.value[query.item], query.list), query.list) : answer
  })
  if (!rest.ok) return rest
  const nodes = [...first.value.raw, ...rest.value]
  return ok({
    ...(item as object),
    [query.list]: { nodes, pageInfo: { hasNextPage: false, endCursor: null } },
  })
}

/** All pages from a cursor on; null is the beginning. */
export function* readRest(
  start: string | null,
  readPage: (after: string | null) => Step<ListPage>,
): Step<unknown[]> {
  const nodes: unknown[] = []
  let after = start
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = yield* readPage(after)
    if (!page.ok) return page
    nodes.push(...page.value.raw)
    if (page.value.next === null) return ok(nodes)
    after = page.value.next
  }
  return err(unreadable('pageInfo'))
}

/** Sends a query. */
export function askFor(
  { name, query }: Pick<ListQuery, 'name' | 'query'>,
  variables: Record<string, unknown>,
): Step<GraphqlData> {
  return callGraphql(adminApi, { name, query, variables, effect: 'read' })
}

/** Asks for fewer when the shop finds a page too dear; how much an item costs only it knows. Says how many it asked for in the end. */
export function* askForFewer<T extends object>(
  most: number,
  ask: (first: number) => Step<T>,
): Step<T & { first: number }> {
  for (let first = most; ;) {
    const page = yield* ask(first)
    if (page.ok) return ok({ ...page.value, first })
    if (first === 1 || page.error.reason !== 'query-too-large') return page
    first = fewer(first, page.error.remoteMessage ?? '')
  }
}

/** Reads these ids, as many at once as the shop finds not too dear. */
export function* askInParts<T>(
  ids: readonly string[],
  most: number,
  ask: (some: readonly string[]) => Step<T>,
): Step<T[]> {
  const parts: T[] = []
  let size = most
  for (let at = 0; at < ids.length; at += size) {
    const part = yield* askForFewer(size, function* (first) {
      const read = yield* ask(ids.slice(at, at + first))
      return read.ok ? ok({ value: read.value }) : read
    })
    if (!part.ok) return part
    parts.push(part.value.value)
    size = part.value.first
  }
  return ok(parts)
}

const COST = /cost is (\d+).*?\((\d+)\)/

/** "Query cost is 1204, which exceeds the single query max cost limit (1000)." Half as many where it does not say. */
function fewer(first: number, message: string): number {
  const [, cost, limit] = COST.exec(message) ?? []
  const fits = cost === undefined ? 0 : Math.floor((first * Number(limit)) / Number(cost))
  return fits >= 1 && fits < first ? fits : Math.ceil(first / 2)
}

/** An id that is not there gives null, and one of something else an object without any of our fields. */
export function isThere(node: unknown): boolean {
  return typeof node === 'object' && node !== null && Object.keys(node).length > 0
}

export function unreadable(field: string, remoteMessage?: string): Issue {
  return issue('malformed', { reason: 'unreadable-answer', field, ...(remoteMessage && { remoteMessage }) })
}
