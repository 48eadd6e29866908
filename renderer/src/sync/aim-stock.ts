import { issue } from '#core/shared/issue.ts'
import type { ListingId } from '#core/shared/ids.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { settleIssue } from '#core/sync/outbox-machine.ts'
import { loadListingShadow } from '#renderer/data/repos/listings.repo.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'

/**
 * Gives a leased change of stock its amounts, on what the remote last said, and stores both. An attempt that may have arrived is
 * repeated with the very same amounts. Null when no amount can be told; the row says why. To be called in a unit over `outbox` and
 * `shadows`.
 */
export async function aimStock(
  { db, now, rng }: SyncDeps,
  row: OutboxRow<'push-stock'>,
  mayHaveArrived: boolean,
): Promise<OutboxRow<'push-stock'> | null> {
  const { aim, offerRemoteId, delta } = row.payload
  if (mayHaveArrived && aim !== null) return put({ ...aim, mayHaveArrived })
  const shadow = await loadListingShadow(db, row.entityKey.replace(/^listing:/, '') as ListingId)
  const from = shadow?.offers.find(({ remoteId }) => remoteId === offerRemoteId)?.stock ?? null
  if (shadow !== null && from !== null && from + delta >= 0)
    return put({ from, to: from + delta, readAt: shadow.updatedAt, mayHaveArrived: false })
  const reason = from === null ? 'stock-not-counted' : 'stock-below-zero'
  await db.outbox.put(settleIssue(row, issue('invalid-input', { reason, field: 'stock' }), now(), rng))
  return null

  async function put(next: OutboxRow<'push-stock'>['payload']['aim']): Promise<OutboxRow<'push-stock'>> {
    const aimed = { ...row, payload: { ...row.payload, aim: next } }
    await db.outbox.put(aimed)
    return aimed
  }
}
