import { MOST_LISTING_ISSUES } from '#core/contracts/values.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { ListingIssue } from '#core/listing/listing.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { planTexts } from '#core/connectors/amazon/operations/plan-texts.ts'
import { readOneListing } from '#core/connectors/amazon/operations/push-change.ts'
import { submitPatches } from '#core/connectors/amazon/operations/submit-patches.ts'

type Name = 'check-listing'

/** What Amazon would say of these texts, in every marketplace they belong to. A preview: nothing is submitted. */
export const checkListing: Operation<OperationInput<Name>, OperationOutput<Name>> = function* (
  { listingRemoteId, changes },
  context,
) {
  const read = yield* readOneListing(listingRemoteId, context)
  if (!read.ok) return err([read.error])
  const submissions = planTexts(read.value.places, changes)
  if (!submissions.ok) return err([submissions.error])
  const issues: ListingIssue[] = []
  let isValid = true
  for (const submission of submissions.value) {
    const verdict = yield* submitPatches(listingRemoteId, submission, 'check', context)
    if (!verdict.ok) return err([verdict.error])
    issues.push(...verdict.value.findings)
    isValid &&= verdict.value.isValid
  }
  return ok({ status: isValid ? 'valid' : 'invalid', issues: issues.slice(0, MOST_LISTING_ISSUES) })
}
