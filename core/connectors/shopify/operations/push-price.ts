import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { OfferPrice } from '#core/listing/listing.ts'
import { toDecimalString, type Money } from '#core/money/money.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import {
  findOffer,
  pushChange,
  write,
  type Plan,
  type ReadListing,
} from '#core/connectors/shopify/operations/push-change.ts'

type Name = 'push-price'
type Input = OperationInput<Name>

const UPDATE = `mutation UpdateVariants($id: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkUpdate(productId: $id, variants: $variants) {
    productVariants { id price } userErrors { field message code }
  }
}`

const FIX = `mutation FixPrices($id: ID!, $prices: [PriceListPriceInput!]!) {
  priceListFixedPricesAdd(priceListId: $id, prices: $prices) {
    prices { originType } userErrors { field message code }
  }
}`

/** The shop's own price, or a fixed one on the price list of a market. */
export const pushPrice: Operation<Input, OperationOutput<Name>> = function* (input) {
  return yield* pushChange(input.listingRemoteId, (read) => plan(read, input))
}

function plan(read: ReadListing, input: Input): Plan {
  const offer = findOffer(read, input.offerRemoteId)
  if (!offer.ok) return offer
  return input.market === undefined
    ? planOwn(read, offer.value.prices, input)
    : planMarket(read, offer.value.prices, input, input.market)
}

function planOwn({ listing, shop }: ReadListing, prices: readonly OfferPrice[], input: Input): Plan {
  const { before, value } = input
  if (value.currency !== shop.currency) return wrongCurrency(shop.currency)
  const current = prices.find(({ market }) => market === undefined) ?? null
  if (isSame(current, value)) return ok('already')
  if (!isSame(current, before)) return ok('moved')
  const variants = [{ id: input.offerRemoteId, price: toDecimalString(value) }]
  return ok(() =>
    write({
      ...{ name: 'UpdateVariants', field: 'productVariantsBulkUpdate', query: UPDATE },
      variables: { id: listing.remoteId, variants },
    }),
  )
}

function planMarket(
  read: ReadListing,
  prices: readonly OfferPrice[],
  { offerRemoteId, before, value }: Input,
  handle: string,
): Plan {
  const markets = read.shop.markets.filter((market) => market.handle === handle)
  const list = markets.find(({ currency }) => currency === value.currency)
  if (list === undefined)
    return markets[0] === undefined
      ? err(issue('not-found', { reason: 'market-gone', field: 'market', remoteMessage: handle }))
      : wrongCurrency(markets[0].currency)
  const current = prices.find((price) => price.market === handle && price.currency === value.currency) ?? null
  if (isSame(current, value)) return ok('already')
  // Where nobody set one there is nothing to lose: what the shop works out moves by itself.
  if (current !== null && !isSame(current, before)) return ok('moved')
  const price = { amount: toDecimalString(value), currencyCode: value.currency }
  return ok(() =>
    write({
      ...{ name: 'FixPrices', field: 'priceListFixedPricesAdd', query: FIX },
      variables: { id: list.priceListId, prices: [{ variantId: offerRemoteId, price }] },
    }),
  )
}

function wrongCurrency(currency: string): Plan {
  return err(issue('invalid-input', { reason: 'price-currency', field: 'value', remoteMessage: currency }))
}

function isSame(a: Money | null, b: Money | null): boolean {
  return a === null || b === null ? a === b : a.minor === b.minor && a.currency === b.currency
}
