import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { orderKey } from '#renderer/data/repos/activity.repo.ts'
import { outboxRowsOf } from '#renderer/data/repos/outbox.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { changeOrder, CHANGE_STORES } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { addChange, offers } from '#renderer/usecases/add-change.ts'

const LONGEST_NOTE = 5_000

/**
 * Writes the desk's note on an order. A shop that can keep notes for its staff gets it as well, never the buyer. Issues:
 * `invalid-input.note-too-long`.
 */
export function setNote(
  ctx: UseCaseContext,
  { orderId, note }: { orderId: OrderId; note: string },
): Promise<Result<Order>> {
  const { db } = ctx
  const stores = [...CHANGE_STORES, 'connections', 'outbox'] as const
  return inUnit(db, { stores, durability: 'strict' }, async () => {
    const changed = await changeOrder(ctx, orderId, {
      what: 'note-set',
      change: (order) =>
        note.length > LONGEST_NOTE
          ? err(issue('invalid-input', { reason: 'note-too-long', field: 'note' }))
          : ok({ ...order, note }),
    })
    if (changed.ok && (await offers(db, changed.value.connectionId, 'note-order')))
      await sendNote(ctx, changed.value)
    return changed
  })
}

async function sendNote(ctx: UseCaseContext, order: Order): Promise<void> {
  const waiting = (await outboxRowsOf(ctx.db, orderKey(order.id))).filter(isNote)
  // The shop has by then what was said before this.
  const before = waiting.at(-1)?.payload.note ?? order.sentNote ?? ''
  if (before === order.note) return
  await addChange(ctx, {
    ...{ connectionId: order.connectionId, entityKey: orderKey(order.id), entityLabel: order.number },
    ...{ kind: 'note-order', payload: { orderRemoteId: order.remoteId, before, note: order.note } },
  })
}

function isNote(row: OutboxRow): row is OutboxRow<'note-order'> {
  return row.kind === 'note-order'
}
