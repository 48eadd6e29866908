import { foldText } from '#core/shared/fold-text.ts'
import { wordsOf } from '#core/shared/search-words.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import type { TextField } from '#core/order/search-terms.ts'

/** Tokens of the fields begin with these, so that each field is a stretch of its own among them. */
export const FIELD_MARKS: Readonly<Record<TextField, string>> = {
  number: 'n',
  tracking: 't',
  sku: 's',
  buyer: 'b',
  email: 'e',
  other: 'o',
}

const WHOLE_SKU = 'w'
const LONGEST_SKU = 64

/** What an index of texts reads of an order's row. */
export type TextRow = Pick<OrderRow, 'number' | 'trackingNumber' | 'buyerName' | 'lines' | 'searchText'>

/**
 * The words of an order, each with the mark of its field before it and each once. The row's own texts tell number, tracking, SKU and
 * buyer apart; what else is in its `searchText` is `email` when it has an @, and `other`.
 */
export function rowTokens(row: TextRow): string[] {
  const tokens = new Set<string>()
  const told = new Set<string>()
  const tell = (field: TextField, text: string) => {
    const mark = FIELD_MARKS[field]
    for (const word of wordsOf(foldText(text))) {
      tokens.add(mark + word)
      told.add(word)
    }
  }
  tell('number', row.number)
  tell('tracking', row.trackingNumber)
  tell('buyer', row.buyerName)
  for (const [sku] of row.lines) {
    tell('sku', sku)
    tokens.add(skuToken(sku))
  }
  for (const text of row.searchText.split(' ')) {
    // What is not paired has been told of with all its parts.
    if (told.has(text) && text.charCodeAt(0) < 0x80) continue
    const mark = FIELD_MARKS[text.includes('@') ? 'email' : 'other']
    for (const word of wordsOf(text)) if (!told.has(word)) tokens.add(mark + word)
  }
  return [...tokens]
}

/** The token of a whole SKU, for those that know it exactly. */
export function skuToken(sku: string): string {
  return WHOLE_SKU + foldText(sku).slice(0, LONGEST_SKU)
}
