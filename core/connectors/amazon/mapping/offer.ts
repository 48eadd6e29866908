import type { Money } from '#core/money/money.ts'
import { comparePrices, type Offer, type OfferPrice } from '#core/listing/listing.ts'
import { toMoney } from '#core/connectors/_kit/decimal-money.ts'
import { elementsOf, type AttributeElement } from '#core/connectors/amazon/listing-wire.ts'
import { isElementOf, type Placed } from '#core/connectors/amazon/mapping/texts.ts'
import type { Marketplace } from '#core/connectors/amazon/marketplaces.ts'

/** Channel of goods that the seller sends; every other one is Amazon's. */
export const OWN_CHANNEL = 'DEFAULT'
export const PRICES = 'purchasable_offer'
export const STOCK = 'fulfillment_availability'

/** One thing to buy: a SKU is one offer of its own, with a price in each marketplace. */
export function offerOf(sku: string, places: readonly Placed[]): Offer {
  const prices = places.flatMap(pricesOf).sort(comparePrices)
  return { remoteId: sku, sku, option: '', prices, stock: stockOf(places) }
}

/** Where pieces are counted: the first marketplace in which the seller sends them. In Europe all share one number. */
export function findStockPlace(places: readonly Placed[]): Placed | null {
  return places.find((place) => countOf(place) !== null) ?? null
}

function stockOf(places: readonly Placed[]): number | null {
  const place = findStockPlace(places)
  return place === null ? null : countOf(place)
}

function countOf({ wire }: Placed): number | null {
  const said = wire.fulfillmentAvailability.find(
    ({ fulfillmentChannelCode }) => fulfillmentChannelCode === OWN_CHANNEL,
  )
  if (typeof said?.quantity === 'number') return said.quantity
  const kept = elementsOf(wire, STOCK).find((each) => each['fulfillment_channel_code'] === OWN_CHANNEL)
  const quantity = kept?.['quantity']
  return Number.isSafeInteger(quantity) && (quantity as number) >= 0 ? (quantity as number) : null
}

/** Prices of one marketplace, a currency each; as set by the seller, else as Amazon offers it now. */
export function pricesOf({ marketplace, wire }: Placed): OfferPrice[] {
  const elements = elementsOf(wire, PRICES)
  const byCurrency = new Map<string, Money>()
  for (const { offerType, price } of wire.offers) {
    const money = price === null || (offerType !== '' && offerType !== 'B2C') ? null : toMoney(price)
    if (money?.ok === true) byCurrency.set(money.value.currency, money.value)
  }
  for (const { currency } of elements) {
    const set = readSetPrice(elements[findForAll(elements, marketplace, currency)])
    if (set !== null) byCurrency.set(set.currency, set)
  }
  return [...byCurrency.values()].map((money) => ({ ...money, market: marketplace.country }))
}

/** Where the price for everybody is in `purchasable_offer`, beside those for businesses and programmes; -1 where there is none. */
export function findForAll(
  elements: readonly AttributeElement[],
  marketplace: Marketplace,
  currency: unknown,
): number {
  const find = (isMeant: (audience: unknown) => boolean): number =>
    elements.findIndex(
      (each) =>
        isElementOf(each, marketplace) && each['currency'] === currency && isMeant(each['audience'] ?? null),
    )
  const named = find((audience) => audience === 'ALL')
  return named >= 0 ? named : find((audience) => audience === null)
}

function readSetPrice(element: AttributeElement | undefined): Money | null {
  const amount = element === undefined ? null : readAmount(element)
  const currency = element?.['currency']
  if (amount === null || typeof currency !== 'string') return null
  // A JSON number as JavaScript writes it is the shortest text that means the same.
  const money = toMoney({ amount: String(amount), currencyCode: currency })
  return money.ok ? money.value : null
}

function readAmount({ our_price }: AttributeElement): number | null {
  const [price] = asList(our_price)
  const [schedule] = asList((price as { schedule?: unknown } | undefined)?.schedule)
  const value = (schedule as { value_with_tax?: unknown } | undefined)?.value_with_tax
  return typeof value === 'number' && value >= 0 ? value : null
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
