import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { compareIds } from '#core/connectors/vendure/mapping/listing.ts'
import {
  findVariant,
  pushChange,
  UPDATE_VARIANT,
  type Plan,
  type ReadListing,
} from '#core/connectors/vendure/operations/push-change.ts'
import type { OfferWire } from '#core/connectors/vendure/wire.ts'

type Name = 'push-stock'
type Input = OperationInput<Name>

/**
 * Sets the level of the first place so that all places together hold `to`. A level is set, not added to, so a request that
 * arrives twice counts once.
 */
export const pushStock: Operation<Input, OperationOutput<Name>> = function* (input, context) {
  return yield* pushChange(context.settings, input.listingRemoteId, (read) => plan(read, input))
}

function plan(read: ReadListing, { offerRemoteId, from, to, readAt, mayHaveArrived }: Input): Plan {
  const variant = findVariant(read, offerRemoteId)
  if (!variant.ok) return variant
  const offer = read.listing.offers.find(({ remoteId }) => remoteId === offerRemoteId)
  // Null when the shop stopped counting: then the amount it was worked out from is gone as well.
  const current = offer?.stock ?? null
  // A variant's time moves with stock that is set; sales leave it. So the time tells whether an earlier attempt can have arrived.
  const wasSet = readAt === undefined ? null : read.listing.updatedAt !== readAt
  if (current === to && from !== to) return ok(mayHaveArrived && wasSet !== false ? 'already' : 'moved')
  if (current !== from) return ok('moved')
  if (mayHaveArrived && wasSet === true) return ok('moved')
  if (to < 0) return err(issue('invalid-input', { reason: 'stock-invalid', field: 'to' }))
  const change = changeLevel(variant.value, to - from)
  if (change === null) return err(issue('conflict', { reason: 'stock-elsewhere', field: 'to' }))
  const input = [{ id: variant.value.id, ...change }]
  return ok({ name: 'UpdateVariant', query: UPDATE_VARIANT, variables: { input } })
}

/** Vendure counts a plain `stockOnHand` into its oldest place; that is the first one as long as ids are numbers. */
function changeLevel({ stockLevels }: OfferWire, by: number): Record<string, unknown> | null {
  const [first] = [...stockLevels].sort((a, b) => compareIds(a.stockLocationId, b.stockLocationId))
  if (first === undefined) return { stockOnHand: by }
  const stockOnHand = first.stockOnHand + by
  return stockOnHand < 0 ? null : { stockLevels: [{ stockLocationId: first.stockLocationId, stockOnHand }] }
}
