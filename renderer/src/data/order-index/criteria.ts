import { FACETS, type FacetId } from '#core/order/order-query.ts'
import { facetColumn, type ClockTest, type FacetColumn } from '#renderer/data/order-index/facet-columns.ts'
import { factTest } from '#renderer/data/order-index/fact-criteria.ts'
import type { Asked } from '#renderer/data/order-index/asked.ts'
import { isPlacedWithin } from '#renderer/data/order-index/placed-within.ts'
import { hasBit, listBits, type Bits } from '#renderer/data/order-index/bits.ts'
import { queueCode, type ColumnsReader } from '#renderer/data/order-index/order-columns.ts'

/** One thing that orders of a result are. Good for this moment: it reads columns that are replaced when they grow. */
export interface Criterion {
  /** The facet whose choice it is; null when it is none's. */
  facet: FacetId | null
  test: (ordinal: number) => boolean
  /** The same as a set, where it is one. */
  bits?: Bits
}

/** What a query is understood with. */
export interface QueryTools {
  columns: ColumnsReader
  clock: ClockTest
}

/** All that must hold; none for all orders. `now` in epoch ms. */
export function criteriaOf(tools: QueryTools, { query, text, shops, now }: Asked): Criterion[] {
  const { columns } = tools
  const criteria: Criterion[] = []
  if (query.list !== 'all') {
    const { queue } = columns.arrays
    const wanted = queueCode(query.list)
    criteria.push({ facet: null, test: (ordinal) => queue[ordinal] === wanted })
  }
  for (const facet of FACETS) {
    const chosen = query.filters[facet]
    if (chosen === undefined || chosen.length === 0) continue
    const test = oneOf(columns, facetColumn(columns, facet, { clock: tools.clock, now }), chosen)
    criteria.push({ facet, test })
  }
  if (query.days !== null) criteria.push({ facet: null, test: isPlacedWithin(columns, query.days) })
  const { bits, facts } = text
  if (bits !== null) criteria.push({ facet: null, test: (ordinal) => hasBit(bits, ordinal), bits })
  for (const fact of facts) criteria.push({ facet: null, test: factTest({ ...tools, shops, now }, fact) })
  return criteria
}

/** Orders that are there and fit. */
export interface Matching {
  /** 1 by ordinal. */
  fits: Uint8Array
  /** The same as a list, where few were looked at. */
  ordinals: Uint32Array | null
}

export function matching(
  { count, arrays: { alive } }: ColumnsReader,
  criteria: readonly Criterion[],
): Matching {
  const found = criteria.find(({ bits }) => bits !== undefined)
  const tests = criteria.filter((criterion) => criterion !== found).map(({ test }) => test)
  // A search finds few of very many: those are asked, instead of all.
  if (found?.bits !== undefined) return amongFew(listBits(found.bits), alive, { count, tests })
  const fits = alive.slice(0, count)
  for (const test of tests)
    for (let ordinal = 0; ordinal < count; ordinal++)
      if (fits[ordinal] === 1 && !test(ordinal)) fits[ordinal] = 0
  return { fits, ordinals: null }
}

function amongFew(
  few: Uint32Array,
  alive: Uint8Array,
  { count, tests }: { count: number; tests: readonly Criterion['test'][] },
): Matching {
  const fits = new Uint8Array(count)
  let kept = 0
  for (let i = 0; i < few.length; i++) {
    const ordinal = few[i] ?? 0
    if (alive[ordinal] !== 1 || !fitsAll(tests, ordinal)) continue
    fits[ordinal] = 1
    few[kept++] = ordinal
  }
  return { fits, ordinals: few.subarray(0, kept) }
}

function fitsAll(tests: readonly Criterion['test'][], ordinal: number): boolean {
  for (const test of tests) if (!test(ordinal)) return false
  return true
}

function oneOf(
  columns: ColumnsReader,
  { names, column, each }: FacetColumn,
  chosen: readonly string[],
): Criterion['test'] {
  const wanted = new Uint8Array(names.length)
  for (const [code, name] of names.entries()) if (chosen.includes(name)) wanted[code] = 1
  if (column !== null) {
    const codes = columns.arrays[column]
    return (ordinal) => wanted[codes[ordinal] ?? 0] === 1
  }
  let found = false
  const visit = (code: number): void => {
    if (wanted[code] === 1) found = true
  }
  return (ordinal) => {
    found = false
    each(ordinal, visit)
    return found
  }
}
