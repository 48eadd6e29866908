import type { OutboxId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { checkShipmentNews } from '#core/order/shipment-news.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { loadOutboxRow } from '#renderer/data/repos/outbox.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { rowActivity } from '#renderer/usecases/change-outbox-row.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

export interface EditOutboxRowInput {
  id: OutboxId
  trackingNumber: string
  carrier: string
}

/**
 * Corrects what a shop will be told of a shipment. Another content is another intent: the row gets a new key, at the same place.
 * Issues: `unsupported.not-edited-here` for what is edited at its entity, `invalid-input` with the field, `not-found.outbox-row`, `conflict.being-sent`, `conflict.may-have-arrived` when nobody
 * knows whether the shop has the old content.
 */
export function editOutboxRow(
  { db, newId, now }: UseCaseContext,
  { id, ...input }: EditOutboxRowInput,
): Promise<Result<OutboxRow<'confirm-shipment'>>> {
  return inUnit(db, { stores: ['outbox', 'activity'], durability: 'strict' }, async () => {
    const news = checkShipmentNews(input)
    if (!news.ok) return news
    const row = await loadOutboxRow(db, id)
    if (row === undefined) return err(issue('not-found', { reason: 'outbox-row' }))
    if (row.kind !== 'confirm-shipment') return err(issue('unsupported', { reason: 'not-edited-here' }))
    if (row.state === 'leased') return err(issue('conflict', { reason: 'being-sent' }))
    if (row.inFlight) return err(issue('conflict', { reason: 'may-have-arrived' }))
    const fields = (['trackingNumber', 'carrier'] as const).filter(
      (field) => row.payload[field] !== news.value[field],
    )
    if (fields.length === 0) return ok(row)
    const edited: OutboxRow<'confirm-shipment'> = {
      ...{ ...row, id: newId<'outbox'>(), payload: { ...row.payload, ...news.value } },
      ...{ state: 'queued', attempts: 0, lastIssue: null, nextAttemptAt: now() },
    }
    await db.outbox.delete(id)
    await db.outbox.add(edited)
    const changes = fields.map((field) => ({ field, from: row.payload[field], to: news.value[field] }))
    await addActivity(db, newId, [{ ...rowActivity(edited, 'outbox-edited', now()), changes }])
    return ok(edited)
  })
}
