import { useTranslation } from 'i18next-vue'
import type { ListingId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import { listingFields, parseFieldName } from '#core/listing/fields.ts'
import { isEqual } from '#core/sync/merge3.ts'
import { isListingDetail, readListing } from '#renderer/data/queries/listings.ts'
import { editListing } from '#renderer/usecases/edit-listing.ts'
import { useActivityText } from '#renderer/app/activity-text.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** Saves one field of a listing; said with the way back. */
export function useListingEdit() {
  const { t } = useTranslation()
  const { context, db, engine } = useWorkspace()
  const notices = useNotices()
  const text = useActivityText()

  /** The issue when it cannot be kept. */
  async function save(listingId: ListingId, field: string, value: unknown, sku = ''): Promise<Issue | null> {
    const detail = await readListing(db, listingId)
    const before = isListingDetail(detail) ? listingFields(detail.listing).get(field) : undefined
    if (isEqual(before, value)) return null
    const result = await editListing(context, { listingId, values: [{ field, value }] })
    if (!result.ok) return result.error
    engine.kick()
    const undo = async (): Promise<void> => {
      const undone = await editListing(context, { listingId, values: [{ field, value: before }] })
      if (notices.settle(undone) !== null) engine.kick()
    }
    // A price that nobody had set cannot be unset there; while it waits, it is dropped from the outbox.
    const isFirst = before === undefined && parseFieldName(field)?.kind === 'price'
    notices.done(t('listings:notice.saved', { field: text.field(field, sku) }), isFirst ? undefined : undo)
    return null
  }

  return { save }
}
