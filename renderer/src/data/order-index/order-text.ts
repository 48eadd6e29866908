import { parseSearch } from '#core/order/parse-search.ts'
import { hasPhrase, soughtWords } from '#core/shared/search-words.ts'
import { FIELD_MARKS, rowTokens, skuToken } from '#core/order/search-tokens.ts'
import type { FactTerm, TextTerm } from '#core/order/search-terms.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import { addBit, type Bits } from '#renderer/data/order-index/bits.ts'
import { keepPhrases, keepTerms, type ReadTexts } from '#renderer/data/order-index/find-text.ts'
import type { TextIndex } from '#renderer/data/order-index/text-index.ts'
import type { SearchFacts } from '#renderer/data/order-index/search-facts.ts'

/** A typed text, understood: what it says of facts, and the orders that have its words. */
export interface FoundText {
  terms: readonly TextTerm[]
  facts: readonly FactTerm[]
  /** Null when it asks for no words. Orders that change later are put in and taken out. */
  bits: Bits | null
}

export const NO_TEXT: FoundText = { terms: [], facts: [], bits: null }

const ALL_MARKS = Object.values(FIELD_MARKS)

interface SearchTools {
  /** How many ordinals there are. */
  count: number
  facts: SearchFacts
  readTexts: ReadTexts
}

/**
 * Finds the orders with the words of a typed text. The store is asked whose barcode it is only for what looks like one, or is no word: each
 * wait for the store takes longer than all words.
 */
export async function findText(words: TextIndex, typed: string, tools: SearchTools): Promise<FoundText> {
  const { terms, facts } = parseSearch(typed)
  if (terms.length === 0) return { terms, facts, bits: null }
  if (!terms.some(({ text }) => /\d/.test(text))) {
    const bits = await findTerms(words, terms, tools)
    if (bits.some((word) => word !== 0)) return { terms, facts, bits }
  }
  const resolved = await tools.facts.resolveBarcodes(terms)
  return { terms: resolved, facts, bits: await findTerms(words, resolved, tools) }
}

async function findTerms(
  words: TextIndex,
  terms: readonly TextTerm[],
  { count, readTexts }: SearchTools,
): Promise<Bits> {
  const bits = new Uint32Array((count + 31) >>> 5).fill(0xffffffff)
  keepTerms(words, terms, bits)
  await keepPhrases(words, terms, bits, readTexts, () => false)
  return bits
}

/** Puts an order that changed into what was found, or takes it out. */
export function refind(found: FoundText, ordinal: number, row: OrderRow | undefined): FoundText {
  if (found.bits === null) return found
  const at = ordinal >>> 5
  const bits = at < found.bits.length ? found.bits : grown(found.bits, at + 1)
  if (row !== undefined && hasTerms(row, found.terms)) addBit(bits, ordinal)
  else bits[at] = (bits[at] ?? 0) & ~(1 << (ordinal & 31))
  return { ...found, bits }
}

function grown(bits: Bits, words: number): Bits {
  const larger = new Uint32Array(Math.max(words, bits.length + 64))
  larger.set(bits)
  return larger
}

/** Whether a row has what is looked for: the same answer that the index of words would give. */
function hasTerms(row: OrderRow, terms: readonly TextTerm[]): boolean {
  const tokens = rowTokens(row)
  return terms.every((term) => (hasSku(tokens, term) || hasWords(row, tokens, term)) !== term.negated)
}

function hasSku(tokens: readonly string[], { skus }: TextTerm): boolean {
  return skus.some((sku) => tokens.includes(skuToken(sku)))
}

function hasWords(row: OrderRow, tokens: readonly string[], { field, text, phrase }: TextTerm): boolean {
  const marks = field === null ? ALL_MARKS : [FIELD_MARKS[field]]
  const sought = soughtWords(text)
  const hasAll = sought.every((word) =>
    marks.some((mark) =>
      tokens.some((token) => (word.exact ? token === mark + word.text : token.startsWith(mark + word.text))),
    ),
  )
  return sought.length > 0 && hasAll && (!phrase || hasPhrase(row.searchText, text))
}
