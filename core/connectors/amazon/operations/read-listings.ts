import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { toRemoteListing } from '#core/connectors/amazon/mapping/listing.ts'
import { readPlaces } from '#core/connectors/amazon/operations/query-listings.ts'

type Name = 'read-listings'
type Output = OperationOutput<Name>

/** These SKUs as they are now, one by one: a search would not find what was just submitted. */
export const readListings: Operation<OperationInput<Name>, Output> = function* ({ remoteIds }, context) {
  const output: Output = { listings: [], rejected: [], missing: [] }
  for (const remoteId of new Set(remoteIds)) {
    const places = yield* readPlaces(remoteId, context)
    if (!places.ok) return err([places.error])
    if (places.value.ok && places.value.value.length === 0) {
      output.missing.push(remoteId)
      continue
    }
    const listing = places.value.ok ? toRemoteListing(remoteId, places.value.value) : places.value
    if (listing.ok) output.listings.push(listing.value)
    else output.rejected.push({ remoteId, reason: listing.error.slice(0, 500), raw: null })
  }
  return ok(output)
}
