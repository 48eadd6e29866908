import type { OrderSort } from '#core/order/order-query.ts'
import { findExponent } from '#core/money/currencies.ts'
import { compareTexts } from '#renderer/data/order-index/id-column.ts'
import type { ColumnsReader } from '#renderer/data/order-index/order-columns.ts'
import { TEXT_WORDS } from '#renderer/data/order-index/sort-text.ts'

/** What orders are sorted by: words of 32 bits, the first the most important. Equal ones are sorted by id. Good until the columns grow. */
export interface SortWords {
  words: number
  /** Whether a word changes meaning when a new text comes: what was sorted by it is to be sorted anew. */
  ranked: boolean
  wordAt: (ordinal: number, word: number) => number
}

/** What has no value comes last, in both directions. */
const LAST = 0xffffffff

export function sortWordsOf(
  columns: ColumnsReader,
  { by, descending }: OrderSort,
  shopNames: ReadonlyMap<string, string>,
): SortWords {
  const ascending = wordsOf(columns, by, shopNames)
  if (!descending) return ascending
  const { words, wordAt } = ascending
  return {
    ...ascending,
    wordAt: (ordinal, word) => (isLast(ascending, ordinal, words) ? LAST : ~wordAt(ordinal, word) >>> 0),
  }
}

function isLast({ wordAt }: SortWords, ordinal: number, words: number): boolean {
  for (let word = 0; word < words; word++) if (wordAt(ordinal, word) !== LAST) return false
  return true
}

function wordsOf(
  columns: ColumnsReader,
  by: OrderSort['by'],
  shopNames: ReadonlyMap<string, string>,
): SortWords {
  const { arrays, dictionaries } = columns
  switch (by) {
    case 'queue':
      return floatWords(arrays.sortKey)
    case 'ship-by':
      return floatWords(arrays.shipBy)
    case 'placed':
      return floatWords(arrays.placedAt)
    case 'number':
      return textWords(arrays.numberWords)
    case 'buyer':
      return textWords(arrays.buyerWords)
    case 'country':
      return rankWords(arrays.country, dictionaries.country.texts)
    case 'channel':
      return rankWords(
        arrays.connection,
        dictionaries.connection.texts.map((id) => shopNames.get(id) ?? id),
      )
    case 'items':
      return { words: 1, ranked: false, wordAt: (ordinal) => arrays.itemCount[ordinal] ?? LAST }
    case 'total':
      return totalWords(columns)
  }
}

/** Floats sort as their bits do, once negative ones are turned round. */
function floatWords(column: Float64Array): SortWords {
  const bits = new Uint32Array(column.buffer, column.byteOffset, column.length * 2)
  return {
    words: 2,
    ranked: false,
    wordAt: (ordinal, word) => {
      const value = column[ordinal] ?? NaN
      if (Number.isNaN(value)) return LAST
      const bit = bits[ordinal * 2 + 1 - word] ?? 0
      if (value < 0) return ~bit >>> 0
      return word === 0 ? (bit | 0x80000000) >>> 0 : bit
    },
  }
}

function textWords(column: Uint32Array): SortWords {
  return {
    words: TEXT_WORDS,
    ranked: false,
    // No text is empty but one that is not there.
    wordAt: (ordinal, word) =>
      column[ordinal * TEXT_WORDS] === 0 ? LAST : (column[ordinal * TEXT_WORDS + word] ?? LAST),
  }
}

function rankWords(column: Uint32Array, texts: readonly string[]): SortWords {
  const ranks = new Uint32Array(texts.length)
  const sorted = texts.map((_, code) => code).sort((a, b) => compareTexts(texts[a] ?? '', texts[b] ?? ''))
  let rank = 0
  for (const [i, code] of sorted.entries()) {
    const isNext = i > 0 && texts[code] !== texts[sorted[i - 1] ?? 0]
    if (isNext) rank++
    ranks[code] = texts[code] === '' ? LAST : rank
  }
  return { words: 1, ranked: true, wordAt: (ordinal) => ranks[column[ordinal] ?? 0] ?? LAST }
}

/** By the amount as it is read, whatever its currency: there is no rate here. */
function totalWords({ arrays, dictionaries }: ColumnsReader): SortWords {
  const scales = dictionaries.currency.texts.map((code) => {
    const found = findExponent(code)
    return found.ok ? 10 ** found.value : 100
  })
  const amounts = new Float64Array(arrays.totalMinor.length)
  for (let ordinal = 0; ordinal < amounts.length; ordinal++)
    amounts[ordinal] = (arrays.totalMinor[ordinal] ?? 0) / (scales[arrays.currency[ordinal] ?? 0] ?? 100)
  return floatWords(amounts)
}
