import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Money } from '#core/money/money.ts'
import { parseFieldName, type ListingField } from '#core/listing/fields.ts'
import type { Listing } from '#core/listing/listing.ts'

const LONGEST_TITLE = 1_000
const LONGEST_DESCRIPTION = 100_000
const MOST_PIECES = 10_000_000

/**
 * Whether a field of a listing may have this value; undefined takes a text away that the shop (`there`: its fields) never had.
 * Issues: `invalid-input` with the field: `unknown-field`, `text-is-there`, `title-empty`, `text-too-long`, `price-invalid`,
 * `stock-invalid`, `stock-not-counted`.
 */
export function checkListingValue(
  listing: Listing,
  name: string,
  value: unknown,
  there: ReadonlyMap<string, unknown>,
): Result<ListingField> {
  const wrong = (reason: string) => err(issue('invalid-input', { reason, field: name }))
  const field = parseFieldName(name)
  if (field === null) return wrong('unknown-field')
  if (field.kind === 'content') {
    if (value === undefined) return there.has(name) ? wrong('text-is-there') : ok(field)
    if (typeof value !== 'string') return wrong('unknown-field')
    const most = field.part === 'title' ? LONGEST_TITLE : LONGEST_DESCRIPTION
    if (value.length > most) return wrong('text-too-long')
    const needed = field.part === 'title' && listing.contents[field.locale]?.title !== undefined
    return needed && value.trim() === '' ? wrong('title-empty') : ok(field)
  }
  const offer = listing.offers.find(({ remoteId }) => remoteId === field.offerRemoteId)
  if (offer === undefined) return wrong('unknown-field')
  if (field.kind === 'price') return isPrice(value, field.currency) ? ok(field) : wrong('price-invalid')
  if (offer.stock === null) return wrong('stock-not-counted')
  const pieces = Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MOST_PIECES
  return pieces ? ok(field) : wrong('stock-invalid')
}

function isPrice(value: unknown, currency: string): boolean {
  const { minor, currency: given } = (value ?? {}) as Partial<Money>
  return given === currency && Number.isSafeInteger(minor) && (minor ?? -1) >= 0
}
