import { readPieces } from '#core/catalog/contents.ts'
import type { Contained } from '#core/catalog/product.ts'

/** A part of a bundle while a person types it. */
export interface PartDraft {
  sku: string
  pieces: string
}

export const NEW_PART: PartDraft = { sku: '', pieces: '1' }

export function toContentsDraft(contains: readonly Contained[] = []): PartDraft[] {
  return contains.map(({ sku, quantity }) => ({ sku, pieces: String(quantity) }))
}

/** Rows that say something: the n-th part is then the n-th row. */
export function withoutBlank(draft: readonly PartDraft[]): PartDraft[] {
  return draft.filter(
    ({ sku, pieces }) => sku.trim() !== '' || !['', NEW_PART.pieces].includes(pieces.trim()),
  )
}

/** What was typed as parts; pieces that are no number are NaN, for checkContents() to refuse. */
export function fromContentsDraft(draft: readonly PartDraft[]): Contained[] {
  return draft.map(({ sku, pieces }) => ({ sku, quantity: readPieces(pieces) }))
}
