import { findExponent } from '#core/money/currencies.ts'
import { CLOCK_STATES } from '#core/order/order-query.ts'
import { ORDER_FLAGS } from '#core/order/order-row.ts'
import { TOTAL_SCALE, type Fact, type FactTerm, type NumberRange } from '#core/order/search-terms.ts'
import { wordsOf } from '#core/shared/search-words.ts'
import { foldText } from '#core/shared/fold-text.ts'
import { isPlacedWithin } from '#renderer/data/order-index/placed-within.ts'
import {
  blockedCode,
  PURGED_BIT,
  queueCode,
  type ColumnsReader,
} from '#renderer/data/order-index/order-columns.ts'
import type { ClockTest } from '#renderer/data/order-index/facet-columns.ts'
import type { ShopFacts } from '#renderer/data/order-index/search-facts.ts'

type Test = (ordinal: number) => boolean

export interface FactTools {
  columns: ColumnsReader
  clock: ClockTest
  shops: readonly ShopFacts[]
  /** Epoch ms. */
  now: number
}

/** What an operator of the search says, as a test. Good for this moment: it reads columns that are replaced when they grow. */
export function factTest(tools: FactTools, term: FactTerm): Test {
  const test = testOf(tools, term)
  return term.negated ? (ordinal) => !test(ordinal) : test
}

function testOf(tools: FactTools, fact: Fact): Test {
  const { columns, now } = tools
  const { arrays, dictionaries, tags } = columns
  switch (fact.kind) {
    case 'country':
      return isText(arrays.country, dictionaries.country.texts, (country) => country === fact.code)
    case 'channel':
      return isText(arrays.connection, dictionaries.connection.texts, isShop(tools.shops, fact.text))
    case 'assignee':
      return isText(arrays.assignee, dictionaries.assignee.texts, (name) => beginsWord(name, fact.text))
    case 'service':
      return isText(arrays.service, dictionaries.service.texts, (name) => beginsWord(name, fact.text))
    case 'tag':
      return hasTag(tags, dictionaries.tag.texts, fact.text)
    case 'total':
      return totalTest(columns, fact)
    case 'age':
      return (ordinal) => isWithin(now - (arrays.placedAt[ordinal] ?? NaN), fact.range)
    case 'placed':
      return isPlacedWithin(columns, fact)
    case 'items':
      return (ordinal) => isWithin(arrays.itemCount[ordinal] ?? NaN, fact.range)
    case 'clock': {
      const bit = 1 << CLOCK_STATES.indexOf(fact.state)
      return (ordinal) => (tools.clock(columns, ordinal, now) & bit) !== 0
    }
    case 'queue':
    case 'blocked':
    case 'flag':
    case 'printed':
    case 'purged':
    case 'has':
      return plainTest(columns, fact)
  }
}

type PlainFact = Extract<Fact, { kind: 'queue' | 'blocked' | 'flag' | 'printed' | 'purged' | 'has' }>

function plainTest({ arrays, tags }: ColumnsReader, fact: PlainFact): Test {
  switch (fact.kind) {
    case 'queue': {
      const wanted = new Set(fact.queues.map(queueCode))
      return (ordinal) => wanted.has(arrays.queue[ordinal] ?? -1)
    }
    case 'blocked': {
      const wanted = blockedCode(fact.reason)
      return (ordinal) => arrays.blocked[ordinal] === wanted
    }
    case 'flag': {
      const bit = 1 << ORDER_FLAGS.indexOf(fact.flag)
      return (ordinal) => ((arrays.flags[ordinal] ?? 0) & bit) !== 0
    }
    case 'printed':
      return (ordinal) => (arrays.printedAt[ordinal] ?? 0) > 0
    case 'purged':
      return (ordinal) => ((arrays.flags[ordinal] ?? 0) & PURGED_BIT) !== 0
    case 'has':
      if (fact.what === 'tag') return (ordinal) => (tags.lengths[ordinal] ?? 0) > 0
      // A label's service is kept with the order (core/order/order.ts).
      return has(fact.what === 'label' ? arrays.service : arrays.assignee)
  }
}

function has(column: Uint32Array): Test {
  return (ordinal) => (column[ordinal] ?? 0) > 0
}

function isText(column: Uint32Array, texts: readonly string[], fits: (text: string) => boolean): Test {
  const wanted = Uint8Array.from(texts, (text) => (text !== '' && fits(text) ? 1 : 0))
  return (ordinal) => wanted[column[ordinal] ?? 0] === 1
}

function hasTag(
  { starts, lengths, fields: [codes] }: ColumnsReader['tags'],
  texts: readonly string[],
  text: string,
): Test {
  const wanted = Uint8Array.from(texts, (tag) => (tag !== '' && beginsWord(tag, text) ? 1 : 0))
  return (ordinal) => {
    const start = starts[ordinal] ?? 0
    const end = start + (lengths[ordinal] ?? 0)
    for (let i = start; i < end; i++) if (wanted[codes[i] ?? 0] === 1) return true
    return false
  }
}

function isShop(shops: readonly ShopFacts[], text: string): (id: string) => boolean {
  const fitting = new Set(
    shops
      .filter(({ name, connectorId }) => beginsWord(name, text) || beginsWord(connectorId, text))
      .map(({ id }) => id),
  )
  return (id) => fitting.has(id)
}

/** `text` is folded. */
function beginsWord(name: string, text: string): boolean {
  const folded = foldText(name)
  return folded.startsWith(text) || wordsOf(folded).some((word) => word.startsWith(text))
}

function totalTest(
  { arrays, dictionaries }: ColumnsReader,
  { range, currency }: Extract<Fact, { kind: 'total' }>,
): Test {
  const scales = dictionaries.currency.texts.map((code) => {
    if (currency !== null && code !== currency) return NaN
    const found = findExponent(code)
    return TOTAL_SCALE / 10 ** (found.ok ? found.value : 2)
  })
  return (ordinal) =>
    isWithin((arrays.totalMinor[ordinal] ?? NaN) * (scales[arrays.currency[ordinal] ?? 0] ?? NaN), range)
}

/** What is not known is within nothing. */
function isWithin(value: number, { from, to }: NumberRange): boolean {
  return value >= (from ?? -Infinity) && value <= (to ?? Infinity)
}
