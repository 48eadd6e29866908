import { clockStates } from '#core/order/clock.ts'
import {
  CLOCK_STATES,
  plainQuery,
  type OrderQuery,
  type OrderSort,
  type SortColumn,
} from '#core/order/order-query.ts'
import { ORDER_FLAGS, QUEUES, type OrderRow } from '#core/order/order-row.ts'
import { exponentOf } from '#core/money/currencies.ts'
import { foldText } from '#core/shared/fold-text.ts'
import { CLOCK } from '#tests/support/index-desk.ts'
import { START } from '#tests/support/test-desk.ts'

/** What the index should answer, worked out the long way from the rows. */
export function expectedIds(rows: readonly OrderRow[], query: OrderQuery): string[] {
  return rows
    .filter((row) => fits(row, query))
    .sort((a, b) => compare(a, b, query.sort))
    .map(({ id }) => id)
}

/** A query with whatever `rng` says. */
export function madeQuery(rng: () => number): OrderQuery {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(rng() * from.length)]!
  const maybe = (values: readonly string[]): string[] => values.filter(() => rng() < 0.4)
  const filters: OrderQuery['filters'] = {
    ...(rng() < 0.2 ? { channel: maybe(['shop-a', 'shop-b', 'nobody']) } : {}),
    ...(rng() < 0.2 ? { country: maybe(['DE', 'JP', '', 'XX']) } : {}),
    ...(rng() < 0.2 ? { tag: maybe(['gift', 'fragile', '']) } : {}),
    ...(rng() < 0.2 ? { sku: maybe(['MUG', 'S-7', '', 'none']) } : {}),
    ...(rng() < 0.2 ? { flag: maybe(['held', 'note', '', ...ORDER_FLAGS]) } : {}),
    ...(rng() < 0.1 ? { blocked: maybe(['held', 'parked', '']) } : {}),
    ...(rng() < 0.1 ? { assignee: maybe(['Li', '']) } : {}),
    ...(rng() < 0.1 ? { service: maybe(['Packet', '']) } : {}),
    ...(rng() < 0.1 ? { currency: maybe(['EUR', 'JPY']) } : {}),
    ...(rng() < 0.1 ? { clock: maybe(['', ...CLOCK_STATES]) } : {}),
  }
  return {
    ...plainQuery(rng() < 0.5 ? 'all' : pick(QUEUES)),
    filters,
    text: rng() < 0.4 ? pick(Object.keys(TEXTS)) : '',
    days: rng() < 0.2 ? { from: '2026-11-05', to: '2026-11-20' } : null,
    sort: { by: pick(SORTS), descending: rng() < 0.5 },
  }
}

/** Searches, and what they should find. */
const TEXTS: Readonly<Record<string, (row: OrderRow) => boolean>> = {
  mug: (row) => row.searchText.includes('mug'),
  'smith a-1': ({ searchText }) => searchText.includes('smith') && searchText.includes('a-1'),
  茶碗: (row) => row.searchText.includes('茶碗'),
  'rr1 -MUG': ({ searchText }) => searchText.includes('rr1') && !searchText.includes('mug'),
  '"vu bowl"': (row) => row.searchText.includes('vu bowl'),
  '-"vu bowl" country:de': (row) => !row.searchText.includes('vu bowl') && row.country === 'DE',
  '"institution of"': (row) => row.searchText.includes('institution of'),
  'total:>500': (row) => major(row) > 500,
  'total:<=300EUR is:held': (row) =>
    major(row) <= 300 && row.currency === 'EUR' && row.flags.includes('held'),
  'items:2..4 tag:gif': ({ itemCount, tags }) => itemCount >= 2 && itemCount <= 4 && tags.includes('gift'),
  'assignee:l sku:S-7': ({ assignee, lines }) =>
    assignee === 'Li' && lines.some(([sku]) => sku.startsWith('S-7')),
  'is:blocked -blocked:held': ({ queue, blocked }) => queue === 'blocked' && blocked !== 'held',
  'has:tag is:printed': ({ tags, printedAt }) => tags.length > 0 && printedAt !== null,
  '-has:label service:pack': () => false,
  'age:<15d': ({ placedAt }) => placedAt !== null && START - placedAt < 15 * 86_400_000,
  'is:late': (row) => clockStates(row, START, CLOCK).includes('late'),
  'channel:north': (row) => row.connectionId === 'shop-b',
  '4006381333931': (row) => row.lines.some(([sku]) => sku === 'CUP'),
}

function major({ totalMinor, currency }: OrderRow): number {
  return totalMinor / 10 ** exponentOf(currency)
}

const SORTS: readonly SortColumn[] = [
  ...(['queue', 'ship-by', 'placed', 'number', 'buyer', 'country', 'channel', 'items', 'total'] as const),
]

/** What a row has of a facet. */
export function facetValues(row: OrderRow, facet: string): string[] {
  const values: Record<string, string[]> = {
    channel: [row.connectionId],
    country: [row.country],
    blocked: [row.blocked ?? ''],
    flag: row.flags,
    tag: row.tags,
    assignee: [row.assignee],
    service: [row.service],
    currency: [row.currency],
    sku: row.lines.map(([sku]) => sku),
    clock: clockStates(row, START, CLOCK),
  }
  const own = [...new Set(values[facet] ?? [])]
  return own.length === 0 ? [''] : own
}

export function fits(row: OrderRow, { list, text, filters, days }: OrderQuery): boolean {
  const from = days === null ? -Infinity : new Date(`${days.from}T00:00:00`).getTime()
  const to = days === null ? Infinity : new Date(`${days.to}T23:59:59.999`).getTime()
  const inDays = days === null || (row.placedAt !== null && row.placedAt >= from && row.placedAt <= to)
  return (
    (list === 'all' || row.queue === list) &&
    inDays &&
    (TEXTS[text]?.(row) ?? true) &&
    Object.entries(filters).every(
      ([facet, chosen]) =>
        chosen.length === 0 || facetValues(row, facet).some((value) => chosen.includes(value)),
    )
  )
}

function compare(a: OrderRow, b: OrderRow, { by, descending }: OrderSort): number {
  const [left, right] = [sortValue(a, by), sortValue(b, by)]
  const byId = a.id < b.id ? -1 : 1
  if (left === right) return byId
  if (left === null) return 1
  if (right === null) return -1
  return left < right === descending ? 1 : -1
}

function sortValue(row: OrderRow, by: SortColumn): number | string | null {
  switch (by) {
    case 'queue':
      return row.sortKey
    case 'ship-by':
      return row.shipBy
    case 'placed':
      return row.placedAt
    case 'number':
      return Number(row.number.slice(2))
    case 'buyer':
      return row.buyerName === '' ? null : hexOf(foldText(row.buyerName))
    case 'country':
      return row.country === '' ? null : row.country
    case 'channel':
      // As tests/repositories/order-index.test.ts calls them.
      return { 'shop-a': 'south', 'shop-b': 'far north' }[row.connectionId as string] ?? null
    case 'items':
      return row.itemCount
    case 'total':
      return major(row)
  }
}

/** Its first bytes: so many are compared. */
function hexOf(text: string): string {
  return Buffer.from(text).subarray(0, 16).toString('hex')
}
