import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OperationOutput } from '#core/contracts/operations.ts'
import type { ListingIssue, RemoteListing } from '#core/listing/listing.ts'
import type { HttpRequest, HttpResponse, OpContext, Step } from '#core/connectors/_kit/operation.ts'
import { asNotReadBack } from '#core/connectors/_kit/after-write.ts'
import { toRemoteListing } from '#core/connectors/amazon/mapping/listing.ts'
import type { Placed } from '#core/connectors/amazon/mapping/texts.ts'
import { readPlaces } from '#core/connectors/amazon/operations/query-listings.ts'
import { submitPatches, type Submission } from '#core/connectors/amazon/operations/submit-patches.ts'

type Output = OperationOutput<'push-listing' | 'push-price' | 'push-stock'>

export interface ReadListing {
  /** In the order of the settings. */
  places: Placed[]
  listing: RemoteListing
}

/** What a push has to do, seen from what Amazon has now. */
export type Plan = Result<'already' | 'moved' | Submission[]>

export interface PushSteps {
  decide: (read: ReadListing) => Plan
  /** Whether a reading after the write shows it. */
  shows: (read: ReadListing) => boolean
}

/**
 * Reads, decides, submits marketplace by marketplace, reads. Amazon has no "only if it still is": between the first reading and the
 * writing somebody may change the same value, a moment that this makes as short as it can be.
 */
export function* pushChange(
  sku: string,
  { decide, shows }: PushSteps,
  context: OpContext,
): Generator<HttpRequest, Result<Output, Issue[]>, HttpResponse> {
  const before = yield* readOneListing(sku, context)
  if (!before.ok) return err([before.error])
  const plan = decide(before.value)
  if (!plan.ok) return err([plan.error])
  if (typeof plan.value === 'string') return ok({ outcome: plan.value, listing: before.value.listing })
  for (const submission of plan.value) {
    const verdict = yield* submitPatches(sku, submission, 'write', context)
    if (!verdict.ok) return err([verdict.error])
    if (!verdict.value.isValid) return err([refusalOf(verdict.value.findings)])
  }
  const after = yield* readOneListing(sku, context)
  if (!after.ok) return err([asNotReadBack(after.error)])
  return ok({ outcome: shows(after.value) ? 'written' : 'accepted', listing: after.value.listing })
}

/** Issues: `not-found.listing-gone`, `malformed.unreadable-listing`. */
export function* readOneListing(sku: string, context: OpContext): Step<ReadListing> {
  const places = yield* readPlaces(sku, context)
  if (!places.ok) return places
  if (!places.value.ok) return err(malformedListing(places.value.error))
  if (places.value.value.length === 0)
    return err(issue('not-found', { reason: 'listing-gone', field: 'listingRemoteId' }))
  const listing = toRemoteListing(sku, places.value.value)
  return listing.ok
    ? ok({ places: places.value.value, listing: listing.value })
    : err(malformedListing(listing.error))
}

/** Amazon refused and changed nothing: by attribute, language and marketplace, in its own words. */
function refusalOf(findings: readonly ListingIssue[]): Issue {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const told = errors.length > 0 ? errors : findings
  const lines = told.map(({ fields, locale, market, message }) => {
    const about = [market ?? '', locale ?? '', ...fields].filter((part) => part !== '').join(' ')
    return `${about}: ${message}`
  })
  return issue('invalid-input', {
    reason: 'refused',
    remoteCode: told[0]?.code,
    remoteMessage: lines.join('\n').slice(0, 2000),
  })
}

function malformedListing(message: string): Issue {
  return issue('malformed', { reason: 'unreadable-listing', remoteMessage: message.slice(0, 2000) })
}
