import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { findMissing } from '#core/connectors/_kit/parse-items.ts'
import { parseListings, queryListingsById } from '#core/connectors/vendure/operations/query-listings.ts'

type Name = 'read-listings'

/** These products as they are now. A deleted one is not shown any more, so it is among the missing. */
export const readListings: Operation<OperationInput<Name>, OperationOutput<Name>> = function* (
  input,
  context,
) {
  const asked = [...new Set(input.remoteIds)]
  const page = yield* queryListingsById(context.settings, asked)
  if (!page.ok) return err([page.error])
  return ok({ ...parseListings(page.value), missing: findMissing(asked, page.value.raw) })
}
