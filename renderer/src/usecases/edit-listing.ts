import type { ListingId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import type { Listing } from '#core/listing/listing.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { changeListing, CHANGE_LISTING_STORES } from '#renderer/usecases/change-listing.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** `{ field: 'contents.de.title', value: 'Becher' }`; names are made by `fieldName` (core/listing/fields.ts). */
export interface ListingValue {
  field: string
  value: unknown
}

/**
 * A person's edit of a listing: kept here at once, sent when there is a line, in one strict transaction. Issues: those of
 * `changeListing`.
 */
export function editListing(
  ctx: UseCaseContext,
  { listingId, values }: { listingId: ListingId; values: readonly ListingValue[] },
): Promise<Result<Listing>> {
  const edit = {
    what: 'listing-edited' as const,
    values: new Map(values.map(({ field, value }) => [field, value])),
  }
  return inUnit(ctx.db, { stores: CHANGE_LISTING_STORES, durability: 'strict' }, () =>
    changeListing(ctx, listingId, edit),
  )
}
