import type { ListingContent } from '#core/listing/listing.ts'
import { elementsOf, type AttributeElement, type ListingWire } from '#core/connectors/amazon/listing-wire.ts'
import type { Marketplace } from '#core/connectors/amazon/marketplaces.ts'

/** A listing in one marketplace. */
export interface Placed {
  marketplace: Marketplace
  wire: ListingWire
}

/** What an answer says of this marketplace; what it says of others is their own answer's. */
export function placeIn(marketplace: Marketplace, wire: ListingWire): Placed {
  const isHere = ({ marketplaceId }: { marketplaceId: string }): boolean =>
    marketplaceId === '' || marketplaceId === marketplace.id
  return {
    marketplace,
    wire: {
      ...wire,
      summaries: wire.summaries.filter(isHere),
      offers: wire.offers.filter(isHere),
      issues: wire.issues.filter(
        ({ marketplaceIds }) => marketplaceIds.length === 0 || marketplaceIds.includes(marketplace.id),
      ),
    },
  }
}

/** '' where Amazon does not say it. */
export function productTypeOf({ wire }: Placed): string {
  const types = [...wire.summaries, ...wire.productTypes].map(({ productType }) => productType)
  return types.find((each) => each !== '') ?? ''
}

/** An element of an attribute counts in this marketplace. */
export function isElementOf(element: AttributeElement, { id }: Marketplace): boolean {
  const of = element['marketplace_id'] ?? null
  return of === null || of === id
}

export const TEXT_ATTRIBUTES = {
  title: 'item_name',
  description: 'product_description',
} as const satisfies Record<keyof ListingContent, string>
export type TextPart = keyof typeof TEXT_ATTRIBUTES

/** `de_DE` → `de-DE`; '' for what is no tag. */
export function localeOf(languageTag: unknown): string {
  if (typeof languageTag !== 'string') return ''
  const tag = languageTag.replaceAll('_', '-')
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(tag) ? tag : ''
}

export function languageTagOf(locale: string): string {
  return locale.replaceAll('-', '_')
}

/** The language of an element; one that does not say is in the marketplace's own. */
function localeOfElement(element: AttributeElement, { locale }: Marketplace): string {
  return localeOf(element['language_tag']) || locale
}

export function isTextIn(element: AttributeElement, marketplace: Marketplace, locale: string): boolean {
  return isElementOf(element, marketplace) && localeOfElement(element, marketplace) === locale
}

/** The text of a language in one marketplace; null when there is none. */
export function findText({ marketplace, wire }: Placed, locale: string, part: TextPart): string | null {
  const found = elementsOf(wire, TEXT_ATTRIBUTES[part]).find(
    (element) => isTextIn(element, marketplace, locale) && typeof element['value'] === 'string',
  )
  if (found !== undefined) return found['value'] as string
  // A listing that only offers what is in Amazon's catalogue has the catalogue's title.
  const [summary] = wire.summaries
  const isNamed = part === 'title' && locale === marketplace.locale && (summary?.itemName ?? '') !== ''
  return isNamed && elementsOf(wire, TEXT_ATTRIBUTES.title).length === 0 ? (summary?.itemName ?? null) : null
}

/**
 * Where a text belongs that several marketplaces may have: the marketplace whose own language it is, else the first that has it; for a
 * text that is nowhere, the marketplace whose own language it is. Null when nobody there would read it.
 */
export function ownerOf(places: readonly Placed[], locale: string, part: TextPart): Placed | null {
  const has = (place: Placed): boolean => findText(place, locale, part) !== null
  const isOwn = ({ marketplace }: Placed): boolean => marketplace.locale === locale
  const other: TextPart = part === 'title' ? 'description' : 'title'
  return (
    places.find((place) => isOwn(place) && has(place)) ??
    places.find(has) ??
    places.find(isOwn) ??
    places.find((place) => findText(place, locale, other) !== null) ??
    null
  )
}

/** What buyers read, by language. Bullet points and all other attributes are left alone. */
export function contentsOf(places: readonly Placed[]): Record<string, ListingContent> {
  const contents: Record<string, ListingContent> = {}
  for (const locale of new Set(places.flatMap(localesOf))) {
    const text = (part: TextPart): string => {
      const owner = ownerOf(places, locale, part)
      return owner === null ? '' : (findText(owner, locale, part) ?? '')
    }
    const content = { title: text('title'), description: text('description') }
    if (content.title !== '' || content.description !== '') contents[locale] = content
  }
  return contents
}

function localesOf({ marketplace, wire }: Placed): string[] {
  const named = Object.values(TEXT_ATTRIBUTES).flatMap((name) => elementsOf(wire, name))
  const own = named.filter((element) => isElementOf(element, marketplace))
  return [marketplace.locale, ...own.map((element) => localeOfElement(element, marketplace))]
}
