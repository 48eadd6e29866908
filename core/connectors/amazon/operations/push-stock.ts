import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { findStockPlace } from '#core/connectors/amazon/mapping/offer.ts'
import { patchStock } from '#core/connectors/amazon/mapping/patches.ts'
import { pushChange, type Plan, type ReadListing } from '#core/connectors/amazon/operations/push-change.ts'

type Name = 'push-stock'
type Input = OperationInput<Name>

/** Sets the pieces that the seller sends. An amount is set, not added, so a request that arrives twice counts once. */
export const pushStock: Operation<Input, OperationOutput<Name>> = function* (input, context) {
  const steps = {
    decide: (read: ReadListing) => plan(read, input),
    // Anything else than before: sales may have come on top.
    shows: (read: ReadListing) => currentOf(read, input) !== input.from,
  }
  return yield* pushChange(input.listingRemoteId, steps, context)
}

function plan(read: ReadListing, input: Input): Plan {
  const { offerRemoteId, from, to, readAt, mayHaveArrived } = input
  if (!read.listing.offers.some(({ remoteId }) => remoteId === offerRemoteId))
    return err(issue('not-found', { reason: 'offer-gone', field: 'offerRemoteId' }))
  const current = currentOf(read, input)
  // The listing's time moves with what is set, so it tells whether an earlier attempt can have arrived.
  const wasSet = readAt === undefined ? null : read.listing.updatedAt !== readAt
  if (current === to && from !== to) return ok(mayHaveArrived && wasSet !== false ? 'already' : 'moved')
  if (current !== from) return ok('moved')
  if (mayHaveArrived && wasSet === true) return ok('moved')
  if (to < 0) return err(issue('invalid-input', { reason: 'stock-invalid', field: 'to' }))
  const place = findStockPlace(read.places)
  if (place === null) return err(issue('invalid-input', { reason: 'stock-not-counted', field: 'to' }))
  return ok([{ place, patches: [patchStock(place, to)], locales: [] }])
}

/** Null when Amazon sends it: then the amount it was worked out from is gone as well. */
function currentOf({ listing }: ReadListing, { offerRemoteId }: Input): number | null {
  return listing.offers.find(({ remoteId }) => remoteId === offerRemoteId)?.stock ?? null
}
