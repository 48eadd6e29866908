import type { BothWords, HsGoods } from '#core/customs/hs/goods.ts'
import { stripHs } from '#core/customs/hs/code.ts'
import { nameLeaf, type NomenclatureRow } from '#core/customs/hs/nomenclature.ts'
import { findWords, indexWords, type WordIndex } from '#core/customs/hs/word-index.ts'

/** A product that already has a code. */
export interface CodedProduct {
  code: string
  /** What it is called, with all that it may be looked up by. */
  name: string
  words: string
}

/** An answer to a search for a code. */
export interface HsHit {
  /** Digits only. */
  code: string
  from: 'history' | 'goods' | 'nomenclature'
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
  nomenclature: readonly NomenclatureRow[] = [],
): HsSearch {
  return {
    parts: [
      partOf(history.map(({ code, name, words }) => [single(code, 'history', name), `${name} ${words}`])),
      partOf(listGoods(goods)),
      partOf(
        nomenclature.map((row) => [
          single(row.code, 'nomenclature', nameLeaf(row)),
          [...row.path, row.text].join(' '),
        ]),
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
      if (hit === undefined || found.has(hit.code)) continue
      if (found.size >= most || (hit.from === 'history' && taken >= MOST_OF_HISTORY)) break
      found.set(hit.code, hit)
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

function single(code: string, from: HsHit['from'], name: string): HsHit {
  return { code, from, name: { en: name, zh: name }, not: [] }
}

function listGoods({ goods, tells }: HsGoods): (readonly [HsHit, string])[] {
  const names = new Map(goods.map(({ code, en, zh }) => [code, { en, zh }]))
  return goods.map(({ code, en, zh, also, not }) => {
    const near = not.flatMap((other) => {
      const name = names.get(other.code)
      const tell = tells[other.tell]
      return name && tell ? [{ code: other.code, name, tell }] : []
    })
    return [{ code, from: 'goods', name: { en, zh }, not: near }, [en, zh, ...also].join(' ')]
  })
}
