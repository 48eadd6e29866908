import {
  FACETS,
  plainQuery,
  SORT_COLUMNS,
  type DayRange,
  type FacetId,
  type ListId,
  type OrderFilters,
  type OrderQuery,
  type OrderSort,
} from '#core/order/order-query.ts'
import { QUEUES } from '#core/order/order-row.ts'
import { isIsoDay } from '#core/shared/iso-day.ts'

/** The part of an address after its `?`, as the router reads it. */
export type AddressQuery = Readonly<Record<string, unknown>>

const LISTS: readonly ListId[] = [...QUEUES, 'all']

/** What the address of the orders page asks for; whatever in it is no list, column or day is as if it were not there. */
export function readAddress(list: unknown, query: AddressQuery): OrderQuery {
  const plain = plainQuery(LISTS.find((one) => one === list) ?? 'to_ship')
  return {
    ...plain,
    text: typeof query['q'] === 'string' ? query['q'] : '',
    filters: readFilters(query),
    days: readDays(query['days']),
    sort: readSort(query['sort']) ?? plain.sort,
  }
}

/** The same as an address: `country=DE,JP&days=2026-11-01..2026-11-22&sort=-total`. What is not asked for is undefined. */
export function writeAddress({ text, filters, days, sort }: OrderQuery): Record<string, string | undefined> {
  const plain = sort.by === 'queue'
  return {
    q: text || undefined,
    ...Object.fromEntries(FACETS.map((facet) => [facet, writeValues(filters[facet])])),
    days: days === null ? undefined : `${days.from}..${days.to}`,
    sort: plain ? undefined : `${sort.descending ? '-' : ''}${sort.by}`,
  }
}

/** Whether a list shows all of its queue in its own order: the store itself can be read in this order. */
export function isPlain({ text, filters, days, sort }: OrderQuery): boolean {
  return !isNarrowed({ text, filters, days }) && sort.by === 'queue' && !sort.descending
}

export function isNarrowed({ text, filters, days }: Pick<OrderQuery, 'text' | 'filters' | 'days'>): boolean {
  return text.trim() !== '' || days !== null || FACETS.some((facet) => (filters[facet]?.length ?? 0) > 0)
}

/** A facet's choice with a value more, or less when it was chosen. */
export function toggleValue(filters: OrderFilters, facet: FacetId, value: string): OrderFilters {
  const chosen = filters[facet] ?? []
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
  const others = Object.entries(filters).filter(([id]) => id !== facet)
  return Object.fromEntries(next.length === 0 ? others : [...others, [facet, next]])
}

function readFilters(query: AddressQuery): OrderFilters {
  const filters: OrderFilters = {}
  for (const facet of FACETS) {
    const value = query[facet]
    if (typeof value === 'string') filters[facet] = [...new Set(value.split(',').map(readValue))]
  }
  return filters
}

/** A comma is between values, so one within a value is written otherwise. '' stays: it stands for orders that have none. */
function writeValues(values: readonly string[] | undefined): string | undefined {
  if (values === undefined || values.length === 0) return undefined
  return values.map((value) => value.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',')
}

function readValue(text: string): string {
  return text.replaceAll('%2C', ',').replaceAll('%25', '%')
}

function readDays(value: unknown): DayRange | null {
  if (typeof value !== 'string') return null
  const [from = '', to = ''] = value.split('..')
  return isIsoDay(from) && isIsoDay(to) && from <= to ? { from, to } : null
}

function readSort(value: unknown): OrderSort | null {
  if (typeof value !== 'string') return null
  const descending = value.startsWith('-')
  const by = SORT_COLUMNS.find((column) => column === value.slice(descending ? 1 : 0))
  return by === undefined ? null : { by, descending }
}
