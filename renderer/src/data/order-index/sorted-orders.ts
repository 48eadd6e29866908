import type { OrderSort } from '#core/order/order-query.ts'
import { addBit, listBits, makeBits } from '#renderer/data/order-index/bits.ts'
import type { Matching } from '#renderer/data/order-index/criteria.ts'
import type { ColumnsReader } from '#renderer/data/order-index/order-columns.ts'
import { sortWordsOf, type SortWords } from '#renderer/data/order-index/sort-orders.ts'

/** What long work needs: others get their turn in between. */
export type Breathe = () => Promise<void>

/** All orders in one order, kept so under changes. */
export class SortedOrders {
  #ordinals: Uint32Array = new Uint32Array(0)
  /** Place of each ordinal in `ordinals`; made when it is asked for. */
  #places: Uint32Array | null = null
  /** Must be built (again) before it is used. */
  stale = true
  #textsBefore = 0

  constructor(
    private readonly columns: ColumnsReader,
    readonly sort: OrderSort,
    /** What shops are called, folded. */
    private readonly shopNames: ReadonlyMap<string, string> = new Map(),
  ) {}

  get ordinals(): Uint32Array {
    return this.#ordinals
  }

  /** Those that fit, in this order. */
  those({ fits, ordinals: few }: Matching): Uint32Array {
    return few === null ? this.#walk(fits) : this.#pick(few)
  }

  /** Sorts all anew, in steps that others can run between; nothing may change meanwhile. */
  async build(breathe: Breathe): Promise<void> {
    const { columns } = this
    const present = aliveOrdinals(columns)
    const byId = await sortByIds(columns, present, breathe)
    this.#take(await radixSort(byId, sortWordsOf(columns, this.sort, this.shopNames), breathe))
    this.#textsBefore = this.#texts()
    this.stale = false
  }

  /** Takes over that these orders changed, came or went. */
  update(changed: Uint32Array): void {
    if (this.stale || changed.length === 0) return
    const words = sortWordsOf(this.columns, this.sort, this.shopNames)
    if (words.ranked && this.#texts() !== this.#textsBefore) {
      this.stale = true
      return
    }
    const compare = comparer(this.columns, words)
    const { alive } = this.columns.arrays
    const moved = changed.filter((ordinal) => alive[ordinal] === 1).sort(compare)
    const kept = withoutMarked(this.#ordinals, marks(this.columns.count, changed))
    this.#take(merge(kept, moved, compare))
  }

  #take(ordinals: Uint32Array): void {
    this.#ordinals = ordinals
    this.#places = null
  }

  #walk(fits: Uint8Array): Uint32Array {
    const all = this.#ordinals
    const shown = new Uint32Array(all.length)
    let count = 0
    for (let i = 0; i < all.length; i++) {
      const ordinal = all[i] ?? 0
      if (fits[ordinal] === 1) shown[count++] = ordinal
    }
    return shown.slice(0, count)
  }

  /** Marked at their places, and read off from the first: sorting them, or walking past all others, takes longer. */
  #pick(few: Uint32Array): Uint32Array {
    const all = this.#ordinals
    const places = (this.#places ??= placesOf(all, this.columns.count))
    const marked = makeBits(all.length)
    for (const ordinal of few) addBit(marked, places[ordinal] ?? 0)
    const shown = listBits(marked)
    for (let i = 0; i < shown.length; i++) shown[i] = all[shown[i] ?? 0] ?? 0
    return shown
  }

  /** A text that is new shifts the ranks of others. */
  #texts(): number {
    const { connection, country } = this.columns.dictionaries
    return connection.texts.length + country.texts.length
  }
}

function placesOf(ordinals: Uint32Array, count: number): Uint32Array {
  const places = new Uint32Array(count)
  for (let place = 0; place < ordinals.length; place++) places[ordinals[place] ?? 0] = place
  return places
}

function marks(count: number, ordinals: Uint32Array): Uint8Array {
  const marked = new Uint8Array(count)
  for (const ordinal of ordinals) marked[ordinal] = 1
  return marked
}

/** In the order they are in, without those that are marked. */
function withoutMarked(ordinals: Uint32Array, marked: Uint8Array): Uint32Array {
  const kept = new Uint32Array(ordinals.length)
  let count = 0
  for (const ordinal of ordinals) if (marked[ordinal] !== 1) kept[count++] = ordinal
  return kept.subarray(0, count)
}

function aliveOrdinals({ count, arrays: { alive } }: ColumnsReader): Uint32Array {
  const present = new Uint32Array(count)
  let at = 0
  for (let ordinal = 0; ordinal < count; ordinal++) if (alive[ordinal] === 1) present[at++] = ordinal
  return present.slice(0, at)
}

function comparer(columns: ColumnsReader, { words, wordAt }: SortWords): (a: number, b: number) => number {
  return (a, b) => {
    for (let word = 0; word < words; word++) {
      const difference = wordAt(a, word) - wordAt(b, word)
      if (difference !== 0) return difference
    }
    return columns.ids.compare(a, b)
  }
}

/** Rows come in the order of their ids but for the newest, so that most of it is done. */
async function sortByIds(
  columns: ColumnsReader,
  ordinals: Uint32Array,
  breathe: Breathe,
): Promise<Uint32Array> {
  const { ids } = columns
  const compare = (a: number, b: number): number => ids.compare(a, b)
  const inOrder = new Uint32Array(ordinals.length)
  const late = new Uint32Array(ordinals.length)
  let kept = 0
  let left = 0
  for (let i = 0; i < ordinals.length; i++) {
    const ordinal = ordinals[i] ?? 0
    if (i % STRETCH === 0) await breathe()
    if (kept === 0 || compare(inOrder[kept - 1] ?? 0, ordinal) < 0) inOrder[kept++] = ordinal
    else late[left++] = ordinal
  }
  const others = late.subarray(0, left)
  // Far from sorted: what was taken as in order may end early. Then all are sorted, in pieces.
  await sortInPieces(others, compare, breathe)
  return merge(inOrder.subarray(0, kept), others, compare)
}

const STRETCH = 50_000
const PIECE = 8_192

/** Merges sorted pieces, two and two. */
async function sortInPieces(
  ordinals: Uint32Array,
  compare: (a: number, b: number) => number,
  breathe: Breathe,
): Promise<void> {
  for (let from = 0; from < ordinals.length; from += PIECE) {
    ordinals.subarray(from, from + PIECE).sort(compare)
    await breathe()
  }
  for (let size = PIECE; size < ordinals.length; size *= 2) {
    for (let from = 0; from + size < ordinals.length; from += size * 2) {
      const both = ordinals.subarray(from, from + size * 2)
      both.set(merge(both.slice(0, size), both.slice(size), compare))
      await breathe()
    }
  }
}

/** Both are sorted. Costs a look per order of `some`, and a copy of all. */
function merge(all: Uint32Array, some: Uint32Array, compare: (a: number, b: number) => number): Uint32Array {
  if (some.length === 0) return all
  const merged = new Uint32Array(all.length + some.length)
  let from = 0
  let at = 0
  for (const ordinal of some) {
    const to = placeFor(all, ordinal, from, compare)
    merged.set(all.subarray(from, to), at)
    at += to - from
    merged[at++] = ordinal
    from = to
  }
  merged.set(all.subarray(from), at)
  return merged
}

/** The first place, from `low` on, whose order does not come before this one. */
function placeFor(
  all: Uint32Array,
  ordinal: number,
  low: number,
  compare: (a: number, b: number) => number,
): number {
  // Neighbours often stay neighbours: steps that double, then halves.
  let step = 1
  let high = low
  while (high < all.length && compare(all[high] ?? 0, ordinal) < 0) {
    low = high + 1
    high += step
    step *= 2
  }
  high = Math.min(high, all.length)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(all[middle] ?? 0, ordinal) < 0) low = middle + 1
    else high = middle
  }
  return low
}

const DIGITS = 65_536

/** By the least important half word first; each pass keeps what the one before did. Begins and ends with an order by ids within equals. */
async function radixSort(
  ordinals: Uint32Array,
  { words, wordAt }: SortWords,
  breathe: Breathe,
): Promise<Uint32Array> {
  let sorted = ordinals
  let spare: Uint32Array = new Uint32Array(ordinals.length)
  const digits = new Uint16Array(ordinals.length)
  for (let half = words * 2 - 1; half >= 0; half--) {
    const word = half >> 1
    const shift = half % 2 === 0 ? 16 : 0
    for (let i = 0; i < sorted.length; i++) digits[i] = wordAt(sorted[i] ?? 0, word) >>> shift
    await breathe()
    if (!spread(sorted, digits, spare)) continue
    ;[sorted, spare] = [spare, sorted === ordinals ? new Uint32Array(ordinals.length) : sorted]
    await breathe()
  }
  return sorted
}

/** False, and nothing done, when all have the same digit. */
function spread(from: Uint32Array, digits: Uint16Array, to: Uint32Array): boolean {
  const places = new Uint32Array(DIGITS + 1)
  for (const digit of digits) places[digit + 1] = (places[digit + 1] ?? 0) + 1
  if (places[(digits[0] ?? 0) + 1] === from.length) return false
  for (let digit = 0; digit < DIGITS; digit++)
    places[digit + 1] = (places[digit + 1] ?? 0) + (places[digit] ?? 0)
  for (let i = 0; i < from.length; i++) {
    const digit = digits[i] ?? 0
    const place = places[digit] ?? 0
    to[place] = from[i] ?? 0
    places[digit] = place + 1
  }
  return true
}
