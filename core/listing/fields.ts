import type { Money } from '#core/money/money.ts'
import type { FieldPolicy } from '#core/sync/merge3.ts'
import { comparePrices, type Listing, type ListingContent, type Offer } from '#core/listing/listing.ts'

/** What people can change of a listing. */
export type ListingField =
  | { kind: 'content'; locale: string; part: keyof ListingContent }
  /** Without a market: the price of the shop itself. */
  | { kind: 'price'; offerRemoteId: string; currency: string; market?: string | undefined }
  | { kind: 'stock'; offerRemoteId: string }

type Editable = Pick<Listing, 'contents' | 'offers'>

/** `contents.de.title`, `offers.12.prices.EUR`, `offers.12.prices.EUR@FR`, `offers.12.stock`. Ids from outside are escaped. */
export function fieldName(field: ListingField): string {
  if (field.kind === 'content') return `contents.${field.locale}.${field.part}`
  const offer = `offers.${escapeId(field.offerRemoteId)}`
  if (field.kind === 'stock') return `${offer}.stock`
  const market = field.market === undefined ? '' : `@${escapeId(field.market)}`
  return `${offer}.prices.${field.currency}${market}`
}

/** Reads a name of `fieldName` back; null when it is none. */
export function parseFieldName(name: string): ListingField | null {
  const [root, second = '', third = '', fourth] = name.split('.')
  if (root === 'contents' && (third === 'title' || third === 'description') && fourth === undefined)
    return { kind: 'content', locale: second, part: third }
  if (root !== 'offers' || second === '') return null
  const offerRemoteId = unescapeId(second)
  if (offerRemoteId === null) return null
  if (third === 'stock' && fourth === undefined) return { kind: 'stock', offerRemoteId }
  if (third !== 'prices' || fourth === undefined) return null
  const [currency = '', escaped] = fourth.split('@')
  if (escaped === undefined) return { kind: 'price', offerRemoteId, currency }
  const market = unescapeId(escaped)
  return market === null ? null : { kind: 'price', offerRemoteId, currency, market }
}

/** Prices and texts ask; stock adds up, and never below nothing. */
export function listingPolicy(name: string): FieldPolicy {
  return name.endsWith('.stock') ? { kind: 'delta', least: 0 } : { kind: 'ask' }
}

/** Everything of it that people can change, by name. Texts and amounts that are not there are left out. */
export function listingFields({ contents, offers }: Editable): Map<string, unknown> {
  const fields = new Map<string, unknown>()
  for (const [locale, content] of Object.entries(contents))
    for (const part of ['title', 'description'] as const)
      fields.set(fieldName({ kind: 'content', locale, part }), content[part])
  for (const { remoteId, prices, stock } of offers) {
    for (const { minor, currency, market } of prices)
      fields.set(fieldName({ kind: 'price', offerRemoteId: remoteId, currency, market }), { minor, currency })
    if (stock !== null) fields.set(fieldName({ kind: 'stock', offerRemoteId: remoteId }), stock)
  }
  return fields
}

/**
 * The listing with these fields as they are to be; undefined takes one away. Fields of offers that it does not have, and names
 * that are no field, are ignored.
 */
export function withFields<T extends Editable>(listing: T, values: ReadonlyMap<string, unknown>): T {
  const contents = { ...listing.contents }
  const offers = new Map(listing.offers.map((offer) => [offer.remoteId, offer]))
  for (const [name, value] of values) {
    const field = parseFieldName(name)
    if (field === null) continue
    if (field.kind === 'content') setContent(contents, field, value)
    else {
      const offer = offers.get(field.offerRemoteId)
      if (offer !== undefined) offers.set(field.offerRemoteId, withOfferField(offer, field, value))
    }
  }
  return { ...listing, contents, offers: [...offers.values()] }
}

function setContent(
  contents: Record<string, ListingContent>,
  { locale, part }: Extract<ListingField, { kind: 'content' }>,
  value: unknown,
): void {
  const changed = { title: '', description: '', ...contents[locale], [part]: value ?? '' }
  if (value === undefined && changed.title === '' && changed.description === '')
    Reflect.deleteProperty(contents, locale)
  else contents[locale] = changed
}

function withOfferField(
  offer: Offer,
  field: Exclude<ListingField, { kind: 'content' }>,
  value: unknown,
): Offer {
  if (field.kind === 'stock') return { ...offer, stock: (value as number | undefined) ?? null }
  const { currency, market } = field
  const others = offer.prices.filter((price) => price.currency !== currency || price.market !== market)
  if (value === undefined) return { ...offer, prices: others }
  const price = { ...(value as Money), ...(market === undefined ? {} : { market }) }
  return { ...offer, prices: [...others, price].sort(comparePrices) }
}

/** Whole, and without the dot that separates names. */
function escapeId(id: string): string {
  return encodeURIComponent(id).replaceAll('.', '%2E')
}

/** Null for what `escapeId` never writes: names may come from a file. */
function unescapeId(escaped: string): string | null {
  try {
    return decodeURIComponent(escaped)
  } catch {
    return null
  }
}
