import type { Contained } from '#core/catalog/product.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

export const MOST_PARTS = 30
export const MOST_PIECES = 9_999
/** As long as a SKU is anywhere. */
const LONGEST_SKU = 200

/**
 * Checks what a person says that a bundle holds; nothing: it is no bundle. SKUs come back without blanks around them. Issues:
 * `invalid-input` part-sku-missing, part-sku-too-long, part-is-itself, part-twice (field `contains.0.sku`), part-quantity-invalid (field
 * `contains.0.quantity`), parts-too-many (field `contains`). Whether a part is a bundle itself only the catalogue knows.
 */
export function checkContents(sku: string, contains: readonly Contained[]): Result<Contained[]> {
  const refuse = (reason: string, field: string): Result<never> =>
    err(issue('invalid-input', { reason, field }))
  if (contains.length > MOST_PARTS) return refuse('parts-too-many', 'contains')
  const parts = contains.map((part) => ({ sku: part.sku.trim(), quantity: part.quantity }))
  const seen = new Set<string>()
  for (const [i, part] of parts.entries()) {
    const reason = faultOfSku(part.sku, sku, seen)
    if (reason !== null) return refuse(reason, `contains.${i}.sku`)
    if (!isPieces(part.quantity)) return refuse('part-quantity-invalid', `contains.${i}.quantity`)
    seen.add(part.sku)
  }
  return ok(parts)
}

function faultOfSku(part: string, bundle: string, seen: ReadonlySet<string>): string | null {
  if (part === '') return 'part-sku-missing'
  if (part.length > LONGEST_SKU) return 'part-sku-too-long'
  if (part === bundle) return 'part-is-itself'
  return seen.has(part) ? 'part-twice' : null
}

function isPieces(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= MOST_PIECES
}

/** Contents in one line, for a file or the journal: `MUG*2; LID*1`. */
export function contentsText(contains: readonly Contained[]): string {
  return contains.map(({ sku, quantity }) => `${sku}*${quantity}`).join('; ')
}

/**
 * Contents from one line, between semicolons, bars or line ends; a SKU without a number is one piece. What is no number comes as NaN, for
 * checkContents() to refuse. A SKU with such a mark in it cannot be said here.
 */
export function readContents(text: string): Contained[] {
  return text
    .split(/[;|\r\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const at = Math.max(part.lastIndexOf('*'), part.lastIndexOf('×'))
      if (at < 0) return { sku: part, quantity: 1 }
      return { sku: part.slice(0, at).trim(), quantity: readPieces(part.slice(at + 1)) }
    })
}

/** Pieces as typed; NaN where that is no whole number. */
export function readPieces(text: string): number {
  const digits = text.normalize('NFKC').trim()
  return /^\d{1,6}$/.test(digits) ? Number(digits) : Number.NaN
}

/** True where a product is declared by its parts. */
export function isBundle({ contains }: { contains?: readonly Contained[] | undefined }): boolean {
  return contains !== undefined && contains.length > 0
}
