import { toDecimalString, type Money } from '#core/money/money.ts'
import { elementsOf, type AttributeElement } from '#core/connectors/amazon/listing-wire.ts'
import { findForAll, OWN_CHANNEL, PRICES, STOCK } from '#core/connectors/amazon/mapping/offer.ts'
import {
  isTextIn,
  languageTagOf,
  TEXT_ATTRIBUTES,
  type Placed,
  type TextPart,
} from '#core/connectors/amazon/mapping/texts.ts'

/** JSON Patch as Amazon takes it: whole attributes only, so the other elements go along as they were just read. */
export interface Patch {
  op: 'replace' | 'delete'
  path: string
  value: AttributeElement[]
}

/** Sets the text of one language; '' takes it away. */
export function patchText(place: Placed, part: TextPart, locale: string, value: string): Patch {
  const name = TEXT_ATTRIBUTES[part]
  const elements = elementsOf(place.wire, name)
  const at = elements.findIndex((element) => isTextIn(element, place.marketplace, locale))
  const selectors = { language_tag: languageTagOf(locale), marketplace_id: place.marketplace.id }
  if (value === '') {
    const rest = elements.filter((_, index) => index !== at)
    return rest.length > 0 ? replace(name, rest) : { op: 'delete', path: pathOf(name), value: [selectors] }
  }
  return replace(name, put(elements, at, { ...selectors, ...elements[at], value }))
}

/** Sets the price for everybody in this currency; sales, prices for businesses and limits stay as they are. */
export function patchPrice(place: Placed, price: Money): Patch {
  const elements = elementsOf(place.wire, PRICES)
  const at = findForAll(elements, place.marketplace, price.currency)
  const old = elements[at]
  const [entry, ...entries] = objectsOf(old?.['our_price'])
  const [schedule, ...schedules] = objectsOf(entry?.['schedule'])
  // Amazon takes a JSON number; the decimal text of an amount of money is exact in one.
  const value_with_tax = Number(toDecimalString(price))
  const our_price = [{ ...entry, schedule: [{ ...schedule, value_with_tax }, ...schedules] }, ...entries]
  const made = { marketplace_id: place.marketplace.id, currency: price.currency, audience: 'ALL' }
  return replace(PRICES, put(elements, at, { ...(old ?? made), our_price }))
}

/** Sets the pieces that the seller sends; channels of Amazon stay as they are. */
export function patchStock(place: Placed, quantity: number): Patch {
  const elements = elementsOf(place.wire, STOCK)
  const at = elements.findIndex((each) => each['fulfillment_channel_code'] === OWN_CHANNEL)
  const old = elements[at] ?? { fulfillment_channel_code: OWN_CHANNEL }
  return replace(STOCK, put(elements, at, { ...old, quantity }))
}

/** Patches of one attribute follow each other: the later one stands on what the earlier made. */
export function applyPatch({ marketplace, wire }: Placed, patch: Patch): Placed {
  const name = patch.path.slice(pathOf('').length)
  const value = patch.op === 'delete' ? [] : patch.value
  return { marketplace, wire: { ...wire, attributes: { ...wire.attributes, [name]: value } } }
}

function replace(name: string, value: AttributeElement[]): Patch {
  return { op: 'replace', path: pathOf(name), value }
}

function pathOf(name: string): string {
  return `/attributes/${name}`
}

function put(elements: AttributeElement[], at: number, element: AttributeElement): AttributeElement[] {
  return at < 0 ? [...elements, element] : elements.map((each, index) => (index === at ? element : each))
}

function objectsOf(value: unknown): AttributeElement[] {
  if (!Array.isArray(value)) return []
  return value.filter((each: unknown): each is AttributeElement => typeof each === 'object' && each !== null)
}
