import { hasPhrase, soughtWords } from '#core/shared/search-words.ts'
import { FIELD_MARKS, skuToken } from '#core/order/search-tokens.ts'
import type { TextTerm } from '#core/order/search-terms.ts'
import { dropBits, keepBits, listBits, type Bits } from '#renderer/data/order-index/bits.ts'
import type { TextIndex } from '#renderer/data/order-index/text-index.ts'

/** The folded texts of rows, in the order of the ordinals; '' of one that is gone. */
export type ReadTexts = (ordinals: Uint32Array) => Promise<readonly string[]>

/** Rows whose texts are read at once. */
const PORTION = 1_000
const ALL_MARKS = Object.values(FIELD_MARKS)

/** Those with all the words of a folded text, each under one of the marks; `room` is as many bits as there are. */
export function findWords(index: TextIndex, text: string, marks: readonly string[], room: Bits): Bits {
  let found: Bits | null = null
  for (const word of soughtWords(text)) {
    const bits = new Uint32Array(room.length)
    for (const mark of marks) {
      if (word.exact) index.addExact(mark + word.text, bits)
      else index.addBeginning(mark + word.text, bits)
    }
    if (found) keepBits(found, bits)
    else found = bits
  }
  return found ?? new Uint32Array(room.length)
}

/** Takes out of `bits` the orders that do not have the terms' words. Of phrases, those that surely do not have them. */
export function keepTerms(index: TextIndex, terms: readonly TextTerm[], bits: Bits): void {
  for (const term of terms) {
    if (!term.negated) keepBits(bits, findTerm(index, term, bits))
    else if (!term.phrase) dropBits(bits, findTerm(index, term, bits))
  }
}

/**
 * Takes out of `bits`, after {@link keepTerms}, the orders that have a phrase's words but not the phrase: those alone are read. False when it
 * was given up because nobody waits for it any more; `bits` are half done then.
 */
export async function keepPhrases(
  index: TextIndex,
  terms: readonly TextTerm[],
  bits: Bits,
  readTexts: ReadTexts,
  isStale: () => boolean,
): Promise<boolean> {
  for (const term of terms.filter(({ phrase }) => phrase)) {
    const inQuestion = findTerm(index, { ...term, skus: [] }, bits)
    keepBits(inQuestion, bits)
    const bySku = findSkus(index, term.skus, bits)
    dropBits(inQuestion, bySku)
    const ordinals = listBits(inQuestion)
    for (let from = 0; from < ordinals.length; from += PORTION) {
      const portion = ordinals.subarray(from, from + PORTION)
      const texts = await readTexts(portion)
      if (isStale()) return false
      portion.forEach((ordinal, i) => {
        if (hasPhrase(texts[i] ?? '', term.text) === term.negated) dropBit(bits, ordinal)
      })
    }
    if (term.negated) dropBits(bits, bySku)
  }
  return true
}

function findTerm(index: TextIndex, term: TextTerm, room: Bits): Bits {
  const found = findWords(index, term.text, term.field === null ? ALL_MARKS : [FIELD_MARKS[term.field]], room)
  for (const sku of term.skus) index.addExact(skuToken(sku), found)
  return found
}

function findSkus(index: TextIndex, skus: readonly string[], room: Bits): Bits {
  const found = new Uint32Array(room.length)
  for (const sku of skus) index.addExact(skuToken(sku), found)
  return found
}

function dropBit(bits: Bits, ordinal: number): void {
  bits[ordinal >>> 5] = (bits[ordinal >>> 5] ?? 0) & ~(1 << (ordinal & 31))
}
