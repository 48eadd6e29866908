import { listingSettleMs } from '#core/connectors/manifests.ts'
import { isListingChange } from '#core/listing/unsent.ts'
import { BATCH_SETTLING_MS, SETTLING_MS } from '#core/sync/outbox-machine.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'

/** How long an attempt at this row may still arrive and come to show, ms: until then it is not sent again. */
export function settleMsOf(row: OutboxRow, connectorId: string): number {
  if (row.batch === 'making') return BATCH_SETTLING_MS
  return Math.max(SETTLING_MS, isListingChange(row) ? listingSettleMs(connectorId) : 0)
}
