import type { FieldChange } from '#core/shared/field-change.ts'
import { listingFields } from '#core/listing/fields.ts'
import { isListingChange, plannedListingChanges } from '#core/listing/unsent.ts'
import { plannedOrderChanges } from '#core/order/shipment-news.ts'
import { remoteListingSchema, remoteOrderSchema } from '#core/contracts/values.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { quickParse } from '#core/contracts/quick-parse.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'

/** What sending this row changes at its shop, against what the shop last said. */
export function watchPlannedChanges(db: CaravelDatabase, row: OutboxRow): Watched<FieldChange[]> {
  return watch(async () => {
    const shadow = await db.shadows.get(row.entityKey)
    if (isListingChange(row)) {
      const { data } = quickParse(remoteListingSchema, shadow?.value)
      return plannedListingChanges(row, data === undefined ? new Map() : listingFields(data))
    }
    return plannedOrderChanges(row, quickParse(remoteOrderSchema, shadow?.value).data ?? null)
  })
}
