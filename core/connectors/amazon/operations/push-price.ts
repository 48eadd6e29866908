import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Money } from '#core/money/money.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { patchPrice } from '#core/connectors/amazon/mapping/patches.ts'
import { pushChange, type Plan, type ReadListing } from '#core/connectors/amazon/operations/push-change.ts'

type Name = 'push-price'
type Input = OperationInput<Name>

/** The price for everybody in one marketplace, with tax, as the seller sets it there. */
export const pushPrice: Operation<Input, OperationOutput<Name>> = function* (input, context) {
  const steps = {
    decide: (read: ReadListing) => plan(read, input),
    shows: (read: ReadListing) => isSamePrice(currentOf(read, input), input.value),
  }
  return yield* pushChange(input.listingRemoteId, steps, context)
}

function plan(read: ReadListing, input: Input): Plan {
  const { offerRemoteId, market, before, value } = input
  if (!read.listing.offers.some(({ remoteId }) => remoteId === offerRemoteId))
    return err(issue('not-found', { reason: 'offer-gone', field: 'offerRemoteId' }))
  const place = read.places.find(({ marketplace }) => marketplace.country === market)
  if (place === undefined) return err(issue('not-found', { reason: 'market-gone', field: 'market' }))
  const current = currentOf(read, input)
  if (isSamePrice(current, value)) return ok('already')
  if (!isSamePrice(current, before)) return ok('moved')
  if (value.currency !== place.marketplace.currency)
    return err(issue('invalid-input', { reason: 'currency-of-market', field: 'value' }))
  return ok([{ place, patches: [patchPrice(place, value)], locales: [] }])
}

function currentOf({ listing }: ReadListing, { offerRemoteId, market, value }: Input): Money | null {
  const offer = listing.offers.find(({ remoteId }) => remoteId === offerRemoteId)
  return offer?.prices.find((price) => price.currency === value.currency && price.market === market) ?? null
}

export function isSamePrice(a: Money | null, b: Money | null): boolean {
  return a === null || b === null ? a === b : a.minor === b.minor && a.currency === b.currency
}
