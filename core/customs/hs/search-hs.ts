import type { NationalCodes } from '#core/catalog/product.ts'
import type { BothWords, HsGoods } from '#core/customs/hs/goods.ts'
import { stripHs } from '#core/customs/hs/code.ts'
import { nameLeaf, type NomenclatureRow, type Tariff } from '#core/customs/hs/nomenclature.ts'
import { findWords, indexWords, type WordIndex } from '#core/customs/hs/word-index.ts'

/** A product that already has a code. */
export interface CodedProduct {
  code: string
  /** Its codes of single destinations. */
  national?: NationalCodes | undefined
  /** What it is called, with all that it may be looked up by. */
  name: string
  words: string
}

/** An answer to a search for a code. */
export interface HsHit {
  /** Digits only. */
  code: string
  from: 'history' | 'goods' | 'nomenclature'
  /** Codes of single destinations that come with it: of a tariff the code itself, of a product its own. */
  national: NationalCodes
  /** The same in both languages where there is but one. */
  name: BothWords
  /** Near codes and what tells them apart; of goods only. */
  not: readonly { code: string; name: BothWords; tell: BothWords }[]
}

/** What is searched: made once, asked often. */
export interface HsSearch {
  parts: readonly { index: WordIndex; hits: readonly HsHit[] }[]
}

/** More of the seller's own would leave no room for what is new. */
const MOST_OF_HISTORY = 4

/** Makes ready what is searched. `nomenclature` is what was imported; empty for none. */
export function prepareHsSearch(
  goods: HsGoods,
  history: readonly CodedProduct[],
  nomenclature: readonly { tariff: Tariff; rows: readonly NomenclatureRow[] }[] = [],
): HsSearch {
  return {
    parts: [
      partOf(
        history.map(({ code, name, words, national = {} }) => [
          single(code, 'history', name, national),
          `${name} ${words} ${Object.values(national).join(' ')}`,
        ]),
      ),
      partOf(listGoods(goods)),
      partOf(
        nomenclature.flatMap(({ tariff, rows }) =>
          rows.map((row): readonly [HsHit, string] => [
            single(row.code, 'nomenclature', nameLeaf(row), { [tariff]: row.code }),
            [...row.path, row.text].join(' '),
          ]),
        ),
      ),
    ],
  }
}

/** Codes for some words or the beginning of a code: of the seller's own products, then everyday goods, then the nomenclature; each code once. */
export function searchHs({ parts }: HsSearch, text: string, most = 12): HsHit[] {
  const digits = stripHs(text)
  const sought = /^\d{2,}$/.test(digits) ? digits : text
  const found = new Map<string, HsHit>()
  for (const { index, hits } of parts) {
    let taken = 0
    for (const { place } of findWords(index, sought)) {
      const hit = hits[place]
      if (hit === undefined || found.has(keyOf(hit))) continue
      if (found.size >= most || (hit.from === 'history' && taken >= MOST_OF_HISTORY)) break
      found.set(keyOf(hit), hit)
      taken++
    }
  }
  return [...found.values()]
}

function partOf(entries: readonly (readonly [HsHit, string])[]): HsSearch['parts'][number] {
  return {
    index: indexWords(entries.map(([{ code }, words]) => `${code} ${words}`)),
    hits: entries.map(([hit]) => hit),
  }
}

/** Two tariffs may have the same digits for different goods. */
function keyOf({ code, from, national }: HsHit): string {
  return from === 'nomenclature' ? `${code} ${Object.keys(national).join()}` : code
}

function single(code: string, from: HsHit['from'], name: string, national: NationalCodes): HsHit {
  return { code, from, national, name: { en: name, zh: name }, not: [] }
}

function listGoods({ goods, tells }: HsGoods): (readonly [HsHit, string])[] {
  const names = new Map(goods.map(({ code, en, zh }) => [code, { en, zh }]))
  return goods.map(({ code, en, zh, also, not }) => {
    const near = not.flatMap((other) => {
      const name = names.get(other.code)
      const tell = tells[other.tell]
      return name && tell ? [{ code: other.code, name, tell }] : []
    })
    return [{ code, from: 'goods', national: {}, name: { en, zh }, not: near }, [en, zh, ...also].join(' ')]
  })
}
