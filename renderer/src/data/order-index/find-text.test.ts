import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSearch } from '#core/order/parse-search.ts'
import { hasPhrase, soughtWords, wordsOf } from '#core/shared/search-words.ts'
import { rowTokens, type TextRow } from '#core/order/search-tokens.ts'
import type { TextTerm } from '#core/order/search-terms.ts'
import { foldText } from '#core/shared/fold-text.ts'
import { listBits, makeBits } from '#renderer/data/order-index/bits.ts'
import { findWords, keepPhrases, keepTerms } from '#renderer/data/order-index/find-text.ts'
import { TextIndex } from '#renderer/data/order-index/text-index.ts'

interface Texts {
  number: string
  tracking: string
  buyer: string
  email: string
  sku: string
  title: string
}

function toRow({ number, tracking, buyer, email, sku, title }: Texts): TextRow {
  const texts = [number, tracking, buyer, email, sku, title].map(foldText).filter((text) => text !== '')
  return {
    ...{ number, trackingNumber: tracking, buyerName: buyer, lines: [[sku, 1, 100]] },
    searchText: [...new Set(texts)].join(' '),
  }
}

const ORDERS: Texts[] = [
  {
    number: 'VD-10023',
    tracking: 'RR123456785CN',
    buyer: 'Zoë Müller',
    email: 'zoe.m@example.com',
    sku: 'MUG-1',
    title: 'Blaue Tasse mit Henkel',
  },
  {
    number: 'VD-10024',
    tracking: '',
    buyer: '佐藤 花子',
    email: 'hanako@example.jp',
    sku: 'CUP-1',
    title: 'ｶﾞｰﾃﾞﾝ カップ 青',
  },
  {
    number: '114-1234567-7654321',
    tracking: '',
    buyer: 'Анна Иванова',
    email: 'anna@пример.рф',
    sku: 'BIG-MUG-1',
    title: 'Blue mug, large',
  },
  {
    number: 'A-1',
    tracking: '1Z999AA10123456784',
    buyer: 'Henkel GmbH',
    email: '',
    sku: 'กา แฟ',
    title: '手机壳 蓝色 mug blue',
  },
]

async function find(
  orders: readonly Texts[],
  typed: string,
  skus: readonly string[] = [],
): Promise<number[]> {
  const index = new TextIndex()
  const rows = orders.map(toRow)
  rows.forEach((row, ordinal) => index.set(ordinal, rowTokens(row)))
  const terms = parseSearch(typed).terms.map((term) => ({ ...term, skus }))
  const bits = makeBits(rows.length)
  bits.fill(0xffffffff)
  keepTerms(index, terms, bits)
  const read = async (ordinals: Uint32Array) => [...ordinals].map((at) => rows[at]?.searchText ?? '')
  await keepPhrases(index, terms, bits, read, () => false)
  return [...listBits(bits)].filter((at) => at < rows.length)
}

describe('finding orders by words', () => {
  it.each([
    ['vd-10023', [0]],
    ['vd10023', [0]],
    ['10024', [1]],
    ['vd-100', [0, 1]],
    ['1234567', [0, 2]],
    ['number:1234567', [2]],
    ['7654321', [2]],
    ['rr1234 zoe', [0]],
    ['123456785', [0]],
    ['tracking:1z999', [3]],
    ['mull', [0]],
    ['müller tasse', [0]],
    ['ガーデン', [1]],
    ['デ', [1]],
    ['子', [1]],
    ['青', [1]],
    ['手机', [3]],
    ['机壳', [3]],
    ['анна', [2]],
    ['แฟ', [3]],
    ['email:zoe', [0]],
    ['email:henkel', []],
    ['buyer:henkel', [3]],
    ['henkel', [0, 3]],
    ['sku:mug-1', [0, 2]],
    ['mug -large', [0, 3]],
    ['"blue mug"', [2]],
    ['"mug blue"', [3]],
    ['mug -"blue mug"', [0, 3]],
    ['"blu"', []],
    ['blu', [2, 3]],
    ['', [0, 1, 2, 3]],
    ['nothing', []],
  ])('%j finds %j', async (typed, expected) => expect(await find(ORDERS, typed)).toEqual(expected))

  it('finds by a barcode the very SKU it stands for', async () => {
    expect(await find(ORDERS, '4006381333931', ['MUG-1'])).toEqual([0])
    expect(await find(ORDERS, '"4006381333931"', ['CUP-1', 'กา แฟ'])).toEqual([1, 3])
    expect(await find(ORDERS, '-4006381333931', ['MUG-1'])).toEqual([1, 2, 3])
    expect(await find(ORDERS, '-"4006381333931"', ['MUG-1'])).toEqual([1, 2, 3])
  })

  const text = fc
    .array(
      fc.constantFrom('mug', 'MUG', 'blue', 'mü', '东京', '京', 'a-1', 'x1234', '@', '"', '-', 'ガ', 'é'),
      { maxLength: 5 },
    )
    .chain((words) => fc.constantFrom(' ', '', '-').map((between) => words.join(between)))
  const order = fc.record({ number: text, tracking: text, buyer: text, email: text, sku: text, title: text })

  it('finds what a scan over every word of every order finds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(order, { maxLength: 12 }), text, async (orders, typed) => {
        expect(await find(orders, typed)).toEqual(scan(orders, parseSearch(typed).terms))
      }),
      { numRuns: 400 },
    )
  })

  it('serves other texts as well', () => {
    const index = new TextIndex()
    const titles = ['Blue mug', 'Blue-green cup', '青い カップ']
    titles.forEach((title, ordinal) => index.set(ordinal, wordsOf(foldText(title))))
    const found = (typed: string) => [
      ...listBits(findWords(index, foldText(typed), [''], makeBits(titles.length))),
    ]
    expect([found('blue'), found('green'), found('カップ'), found('blue m')]).toEqual([[0, 1], [1], [2], [0]])
  })

  it('stops reading when nobody waits any more', async () => {
    const index = new TextIndex()
    ORDERS.map(toRow).forEach((row, ordinal) => index.set(ordinal, rowTokens(row)))
    const bits = makeBits(4).fill(15)
    const { terms } = parseSearch('"blue mug"')
    keepTerms(index, terms, bits)
    expect(
      await keepPhrases(
        index,
        terms,
        bits,
        async () => [],
        () => true,
      ),
    ).toBe(false)
  })
})

function scan(orders: readonly Texts[], terms: readonly TextTerm[]): number[] {
  const rows = orders.map(toRow)
  const fits = ({ searchText }: TextRow, { text, phrase }: TextTerm): boolean => {
    const words = searchText.split(' ').flatMap(wordsOf)
    const all = soughtWords(text).every(({ text: word, exact }) =>
      words.some((known) => (exact ? known === word : known.startsWith(word))),
    )
    return all && (!phrase || hasPhrase(searchText, text))
  }
  return [...rows.keys()].filter((at) =>
    terms.every((term) => rows[at] !== undefined && fits(rows[at], term) !== term.negated),
  )
}
