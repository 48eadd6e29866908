import { ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { planTexts, type TextChange } from '#core/connectors/amazon/operations/plan-texts.ts'
import { pushChange, type Plan, type ReadListing } from '#core/connectors/amazon/operations/push-change.ts'

type Name = 'push-listing'

/** Titles and descriptions. Bullet points, other languages and other attributes stay as they are. */
export const pushListing: Operation<OperationInput<Name>, OperationOutput<Name>> = function* (
  { listingRemoteId, changes },
  context,
) {
  const steps = {
    decide: (read: ReadListing) => plan(read, changes),
    shows: (read: ReadListing) => changes.every((change) => currentOf(read, change) === change.value),
  }
  return yield* pushChange(listingRemoteId, steps, context)
}

function plan(read: ReadListing, changes: readonly TextChange[]): Plan {
  const open: TextChange[] = []
  for (const change of changes) {
    const current = currentOf(read, change)
    if (current === change.value) continue
    if (current !== (change.before ?? '')) return ok('moved')
    open.push(change)
  }
  return open.length === 0 ? ok('already') : planTexts(read.places, open)
}

/** A text that is not there and an empty one are the same to a reader. */
function currentOf({ listing }: ReadListing, { locale, part }: TextChange): string {
  return listing.contents[locale]?.[part] ?? ''
}
