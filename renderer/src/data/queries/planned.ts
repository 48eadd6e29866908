import type { FieldChange } from '#core/shared/field-change.ts'
import { plannedChanges } from '#core/order/shipment-news.ts'
import { remoteOrderSchema } from '#core/contracts/values.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'

/** What sending this row changes at its shop, against what the shop last said. */
export function watchPlannedChanges(db: CaravelDatabase, row: OutboxRow): Watched<FieldChange[]> {
  return watch(async () => {
    const shadow = await db.shadows.get(row.entityKey)
    const remote = remoteOrderSchema.safeParse(shadow?.value)
    return plannedChanges(row, remote.success ? remote.data : null)
  })
}
