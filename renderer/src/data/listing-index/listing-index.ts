import { foldText } from '#core/shared/fold-text.ts'
import type { ListingId } from '#core/shared/ids.ts'
import type { ListingRow } from '#core/listing/listing-row.ts'
import { wordsOf } from '#core/shared/search-words.ts'
import { listBits, makeBits } from '#renderer/data/order-index/bits.ts'
import { findWords } from '#renderer/data/order-index/find-text.ts'
import { takeFirst } from '#renderer/data/order-index/take-first.ts'
import { TextIndex } from '#renderer/data/order-index/text-index.ts'
import type { ListingQuery } from '#renderer/data/queries/listings.ts'

export interface ListingSought extends ListingQuery {
  text: string
  /** SKUs of the products whose barcode the text is. */
  skus: readonly string[]
}

type Facts = Pick<ListingRow, 'id' | 'list' | 'connectionId' | 'sortKey'>

/** Words of all listings in memory: titles in every language, and SKUs. Words have no marks: a listing has few fields. */
const NO_MARK = ['']

/** Which listings have which words. Knows nothing of storage. */
export class ListingIndex {
  readonly #words = new TextIndex()
  readonly #ordinals = new Map<string, number>()
  /** By ordinal; undefined for one that is gone. */
  readonly #facts: (Facts | undefined)[] = []

  put({ id, list, connectionId, sortKey, searchText }: ListingRow): void {
    const ordinal = this.#ordinals.get(id) ?? this.#facts.length
    this.#ordinals.set(id, ordinal)
    this.#facts[ordinal] = { id, list, connectionId, sortKey }
    this.#words.set(ordinal, [...new Set(searchText.split(' ').flatMap(wordsOf))])
  }

  remove(id: string): void {
    const ordinal = this.#ordinals.get(id)
    if (ordinal === undefined) return
    this.#facts[ordinal] = undefined
    this.#words.remove(ordinal)
  }

  /** Ids of all that were ever put in. */
  ids(): Iterable<string> {
    return this.#ordinals.keys()
  }

  /** Listings of a list with all the words of a text, or with one of the SKUs, by title; at most so many. */
  find({ text, skus, list, connectionId }: ListingSought, most: number): ListingId[] {
    const found: Facts[] = []
    for (const ordinal of this.#ordinalsOf([text, ...skus])) {
      const facts = this.#facts[ordinal]
      if (facts === undefined || (list !== 'all' && facts.list !== list)) continue
      if (connectionId === undefined || facts.connectionId === connectionId) found.push(facts)
    }
    return takeFirst(found, most, byTitle).first.map(({ id }) => id)
  }

  /** To be gone through when nothing else is to do, step by step. */
  settle(): Generator<undefined> {
    return this.#words.settle()
  }

  #ordinalsOf(texts: readonly string[]): Uint32Array {
    const all = makeBits(this.#facts.length)
    for (const text of texts) {
      const bits = findWords(this.#words, foldText(text), NO_MARK, all)
      for (let i = 0; i < all.length; i++) all[i] = (all[i] ?? 0) | (bits[i] ?? 0)
    }
    return listBits(all)
  }
}

function byTitle(a: Facts, b: Facts): number {
  if (a.sortKey !== b.sortKey) return a.sortKey < b.sortKey ? -1 : 1
  return a.id < b.id ? -1 : 1
}
