import type { OrderId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { applyToOrder } from '#renderer/usecases/apply-verb.ts'
import { CHANGE_STORES } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { NOTE_STORES, sendNotes } from '#renderer/usecases/send-notes.ts'

/**
 * Writes the desk's note on an order. A shop that can keep notes for its staff gets it as well, never the buyer. Issues:
 * `invalid-input.note-too-long`.
 */
export function setNote(
  ctx: UseCaseContext<never>,
  { orderId, note }: { orderId: OrderId; note: string },
): Promise<Result<Order>> {
  const stores = [...CHANGE_STORES, ...NOTE_STORES] as const
  return inUnit(ctx.db, { stores, durability: 'strict' }, async () => {
    const changed = await applyToOrder(ctx, orderId, { kind: 'note', note, mode: 'set' })
    if (changed.ok) await sendNotes(ctx, [changed.value])
    return changed
  })
}
