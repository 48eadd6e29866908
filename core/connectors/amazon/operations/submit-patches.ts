import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { ListingIssue } from '#core/listing/listing.ts'
import type { OpContext, Step } from '#core/connectors/_kit/operation.ts'
import { unreadableAnswer } from '#core/connectors/_kit/http-issue.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import { callAmazon } from '#core/connectors/amazon/api.ts'
import { submissionWireSchema } from '#core/connectors/amazon/listing-wire.ts'
import { toFinding } from '#core/connectors/amazon/mapping/findings.ts'
import type { Patch } from '#core/connectors/amazon/mapping/patches.ts'
import { productTypeOf, type Placed } from '#core/connectors/amazon/mapping/texts.ts'
import { readSeller } from '#core/connectors/amazon/operations/query-listings.ts'

/** What is to be changed of a listing in one marketplace. */
export interface Submission {
  place: Placed
  patches: Patch[]
  /** Languages of the texts among them. */
  locales: string[]
}

export interface Verdict {
  isValid: boolean
  findings: ListingIssue[]
}

/**
 * Submits changes of one marketplace; `check` only asks what Amazon would say. That Amazon accepts them does not mean that buyers see them.
 */
export function* submitPatches(
  sku: string,
  { place, patches, locales }: Submission,
  mode: 'write' | 'check',
  context: OpContext,
): Step<Verdict> {
  const seller = readSeller(context.settings)
  if (!seller.ok) return seller
  const productType = productTypeOf(place)
  if (productType === '')
    return err(issue('conflict', { reason: 'listing-not-ready', field: 'listingRemoteId' }))
  const effect = mode === 'write' ? 'write' : 'read'
  const answer = yield* callAmazon(
    {
      ...{ name: 'PatchListingsItem', method: 'PATCH', effect },
      path: `${seller.value.path}/${encodeURIComponent(sku)}`,
      query: {
        marketplaceIds: [place.marketplace.id],
        includedData: ['issues'],
        mode: mode === 'check' ? 'VALIDATION_PREVIEW' : undefined,
      },
      json: { productType, patches },
    },
    context,
  )
  if (!answer.ok) return answer
  const wire = parseWith(submissionWireSchema, answer.value)
  if (!wire.ok) return err(unreadableAnswer(effect, wire.error))
  return ok({
    isValid: wire.value.status !== 'INVALID',
    findings: wire.value.issues.map((each) => toFinding(each, place.marketplace, locales)),
  })
}
