import { GraphQLError } from 'graphql'

/** Filter, sort and page of any list of a demo shop, as a real Vendure on SQLite does it. */

type Value = string | number | boolean | null
/** What a list can be filtered and sorted by. Times are epoch ms, `null` matches no operator. */
export type Fields<T> = Readonly<Record<string, (item: T) => Value>>

type Operators = Readonly<Record<string, unknown>>
export interface Filter {
  readonly [field: string]: Operators | readonly Filter[] | null | undefined
}

export interface ListOptions {
  skip?: number | null
  take?: number | null
  filter?: Filter | null
  sort?: Readonly<Record<string, 'ASC' | 'DESC' | null>> | null
}

export interface ListPage<T> {
  items: T[]
  totalItems: number
}

const MAX_TAKE = 1000

export function pageDemoList<T>(all: readonly T[], list: ListOptions, fields: Fields<T>): ListPage<T> {
  if ((list.take ?? 0) > MAX_TAKE) {
    throw new GraphQLError(`Cannot take more than ${MAX_TAKE} results from a list query`, {
      extensions: { code: 'USER_INPUT_ERROR' },
    })
  }
  // 0 and below mean "no limit given".
  const take = typeof list.take === 'number' && list.take > 0 ? list.take : MAX_TAKE
  const skip = Math.max(0, list.skip ?? 0)
  const found = all.filter((item) => matches(item, list.filter ?? {}, fields))
  // In the order of the schema's fields, whatever the request's order is: `id` goes before `updatedAt`.
  const keys = Object.entries(list.sort ?? { id: 'ASC' })
  found.sort((a, b) => {
    for (const [key, direction] of keys) {
      const order = compare(sortValue(a, key, fields), sortValue(b, key, fields))
      if (order !== 0) return direction === 'DESC' ? -order : order
    }
    return 0
  })
  return { totalItems: found.length, items: found.slice(skip, skip + take) }
}

/** Ids are numbers there. */
function sortValue<T>(item: T, key: string, fields: Fields<T>): Value {
  const value = fields[key]?.(item) ?? null
  return key === 'id' || key === 'productId' ? Number(value) : value
}

function compare(a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

function matches<T>(item: T, filter: Filter, fields: Fields<T>): boolean {
  return Object.entries(filter).every(([field, operators]) => {
    if (operators === null || operators === undefined) return true
    const parts = operators as readonly Filter[]
    if (field === '_and') return parts.every((part) => matches(item, part, fields))
    if (field === '_or') return parts.some((part) => matches(item, part, fields))
    const value = fields[field]?.(item) ?? null
    return Object.entries(operators).every(([name, wanted]) => wanted === null || holds(value, name, wanted))
  })
}

function holds(value: Value, operator: string, wanted: unknown): boolean {
  if (value === null) return false
  // A number is a time here, and times are asked for as text.
  const same = (one: unknown) => (typeof value === 'number' ? Date.parse(String(one)) : one) === value
  if (operator === 'eq') return same(wanted)
  if (operator === 'notEq') return !same(wanted)
  if (operator === 'in') return (wanted as unknown[]).some(same)
  if (operator === 'notIn') return !(wanted as unknown[]).some(same)
  if (operator === 'contains') return String(value).toLowerCase().includes(String(wanted).toLowerCase())
  if (operator === 'after') return Number(value) > Date.parse(String(wanted))
  return operator === 'before' && Number(value) < Date.parse(String(wanted))
}
