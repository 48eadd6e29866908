import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import type { Money } from '#core/money/money.ts'
import { fromMoney } from '#core/connectors/vendure/mapping/money.ts'
import {
  findVariant,
  pushChange,
  UPDATE_VARIANT,
  type Plan,
  type ReadListing,
} from '#core/connectors/vendure/operations/push-change.ts'

type Name = 'push-price'
type Input = OperationInput<Name>

/** The price in one currency, as it stands in the shop's back office: with or without tax, as the channel has it. */
export const pushPrice: Operation<Input, OperationOutput<Name>> = function* (input, context) {
  return yield* pushChange(context.settings, input.listingRemoteId, (read) => plan(read, input))
}

function plan(read: ReadListing, { offerRemoteId, before, value }: Input): Plan {
  const variant = findVariant(read, offerRemoteId)
  if (!variant.ok) return variant
  const offer = read.listing.offers.find(({ remoteId }) => remoteId === offerRemoteId)
  const current = offer?.prices.find(({ currency }) => currency === value.currency) ?? null
  if (isSame(current, value)) return ok('already')
  if (!isSame(current, before)) return ok('moved')
  const price = fromMoney(value, read.shop.precision)
  if (price === null) return err(issue('invalid-input', { reason: 'price-digits', field: 'value' }))
  const input = [{ id: variant.value.id, prices: [{ currencyCode: value.currency, price }] }]
  return ok({ name: 'UpdateVariant', query: UPDATE_VARIANT, variables: { input } })
}

function isSame(a: Money | null, b: Money | null): boolean {
  return a === null || b === null ? a === b : a.minor === b.minor && a.currency === b.currency
}
