import type { FacetId, OrderFilters } from '#core/order/order-query.ts'
import type { Criterion } from '#renderer/data/order-index/criteria.ts'
import type { FacetColumn } from '#renderer/data/order-index/facet-columns.ts'
import { compareTexts } from '#renderer/data/order-index/id-column.ts'
import type { ColumnsReader } from '#renderer/data/order-index/order-columns.ts'
import type { Breathe } from '#renderer/data/order-index/sorted-orders.ts'
import { takeFirst } from '#renderer/data/order-index/take-first.ts'
import type { FacetCounts } from '#renderer/data/order-index/order-views.ts'

const MOST_VALUES = 50
/** Orders that are looked at before others get their turn: a few ms. */
const STRETCH = 65_536

/** No choice of a facet stands in the way. */
const FITS = 0
/** What else is asked for does. */
const OUT = 255

/**
 * How many orders have each value, a facet at a time; nothing may change meanwhile: those that fit all criteria but the facet's own. The most frequent values, and whatever is chosen.
 */
export async function countFacets(
  columns: ColumnsReader,
  criteria: readonly Criterion[],
  {
    of,
    filters,
    columnOf,
    breathe,
  }: {
    of: readonly FacetId[]
    filters: OrderFilters
    columnOf: (facet: FacetId) => FacetColumn
    breathe: Breathe
  },
): Promise<FacetCounts> {
  const kept = keptOut(columns, criteria)
  const place = new Map(facetsOf(criteria).map((facet, i) => [facet, i + 1]))
  const counts: FacetCounts = {}
  for (const facet of of) {
    const column = columnOf(facet)
    const byCode = await countValues(columns, column, { kept, place: place.get(facet) ?? OUT - 1, breathe })
    counts[facet] = topValues(column.names, byCode, filters[facet] ?? [])
  }
  return counts
}

function facetsOf(criteria: readonly Criterion[]): FacetId[] {
  return [...new Set(criteria.flatMap(({ facet }) => (facet === null ? [] : [facet])))]
}

/** By ordinal: FITS, the place of the only facet that keeps it out, or OUT. */
function keptOut({ count, arrays: { alive } }: ColumnsReader, criteria: readonly Criterion[]): Uint8Array {
  const kept = new Uint8Array(count)
  for (let ordinal = 0; ordinal < count; ordinal++) if (alive[ordinal] !== 1) kept[ordinal] = OUT
  const facets = facetsOf(criteria)
  for (const { facet, test } of criteria) {
    const place = facet === null ? OUT : facets.indexOf(facet) + 1
    for (let ordinal = 0; ordinal < count; ordinal++) {
      const now = kept[ordinal]
      if (now !== OUT && now !== place && !test(ordinal)) kept[ordinal] = now === FITS ? place : OUT
    }
  }
  return kept
}

async function countValues(
  { count }: ColumnsReader,
  { names, each }: FacetColumn,
  { kept, place, breathe }: { kept: Uint8Array; place: number; breathe: Breathe },
): Promise<Uint32Array> {
  const byCode = new Uint32Array(names.length)
  // An order with two lines of a SKU is one order.
  const countedFor = new Int32Array(names.length).fill(-1)
  let current = -1
  const visit = (code: number): void => {
    if (countedFor[code] === current) return
    countedFor[code] = current
    byCode[code] = (byCode[code] ?? 0) + 1
  }
  for (current = 0; current < count; current++) {
    if (current % STRETCH === 0) await breathe()
    const state = kept[current]
    if (state === FITS || state === place) each(current, visit)
  }
  return byCode
}

function topValues(
  names: readonly string[],
  byCode: Uint32Array,
  chosen: readonly string[],
): { value: string; count: number }[] {
  const some = [...byCode.keys()].filter((code) => (byCode[code] ?? 0) > 0)
  const { first } = takeFirst(
    some,
    MOST_VALUES,
    (a, b) => (byCode[b] ?? 0) - (byCode[a] ?? 0) || compareTexts(names[a] ?? '', names[b] ?? ''),
  )
  const top = first.map((code) => ({ value: names[code] ?? '', count: byCode[code] ?? 0 }))
  const shown = new Set(top.map(({ value }) => value))
  const missing = chosen.filter((value) => !shown.has(value))
  return [...top, ...missing.map((value) => ({ value, count: byCode[names.indexOf(value)] ?? 0 }))]
}
