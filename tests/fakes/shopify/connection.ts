export interface ListArgs {
  first?: number | null
  after?: string | null
}

/** An item of a list; those of lists by time of change say when that was. */
interface Listed {
  id: string
  updatedAt?: string
}

/**
 * A connection over a list. As Shopify's, a cursor holds what its item was sorted by: what changes between two pages moves to the end
 * of a list by time, and takes nothing else along.
 */
export function connection<T extends Listed, S = T>(
  list: readonly T[],
  { first, after }: ListArgs,
  show: (item: T) => S = (item) => item as unknown as S,
) {
  const start = after === null || after === undefined ? 0 : placeBehind(list, decode(after))
  const page = list.slice(start, start + (first ?? 10))
  const last = page.at(-1)
  return {
    nodes: page.map(show),
    edges: () => page.map((item) => ({ node: show(item), cursor: encode(item) })),
    pageInfo: {
      hasNextPage: start + page.length < list.length,
      hasPreviousPage: start > 0,
      startCursor: page[0] === undefined ? null : encode(page[0]),
      endCursor: last === undefined ? null : encode(last),
    },
  }
}

interface Cursor {
  last_id: string
  last_value: string | null
}

function placeBehind(list: readonly Listed[], { last_id, last_value }: Cursor): number {
  if (last_value === null) return list.findIndex(({ id }) => id === last_id) + 1
  const last = { id: last_id, updatedAt: last_value }
  const next = list.findIndex(({ id, updatedAt = '' }) => compareChanged({ id, updatedAt }, last) > 0)
  return next < 0 ? list.length : next
}

const encode = ({ id, updatedAt }: Listed): string =>
  Buffer.from(JSON.stringify({ last_id: id, last_value: updatedAt ?? null })).toString('base64')
const decode = (text: string): Cursor => JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as Cursor

/** `updated_at:>='2026-…'`, all that lists of this connector are asked by. */
export function readSince(query: string | null | undefined): number {
  if (query === null || query === undefined) return -Infinity
  const found = /^updated_at:>='([^']+)'$/.exec(query)
  if (found === null) throw new Error(`the fake does not know the search ${query}`)
  return Date.parse(found[1] ?? '')
}

interface Changed {
  id: string
  updatedAt: string
}

/** Changed since, oldest first. */
export function changedSince<T extends Changed>(all: Iterable<T>, since: number): T[] {
  return [...all].filter(({ updatedAt }) => Date.parse(updatedAt) >= since).sort(compareChanged)
}

function compareChanged(a: Changed, b: Changed): number {
  // All of one form (`timeOf`), and of ids one type: the longer number is the larger.
  if (a.updatedAt !== b.updatedAt) return a.updatedAt < b.updatedAt ? -1 : 1
  return a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
