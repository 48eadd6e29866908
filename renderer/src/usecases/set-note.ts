import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { changeOrder } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

const LONGEST_NOTE = 5_000

/** Writes the desk's own note on an order; the shop never sees it. Issues: `invalid-input.note-too-long`. */
export function setNote(
  ctx: UseCaseContext,
  { orderId, note }: { orderId: OrderId; note: string },
): Promise<Result<Order>> {
  return changeOrder(ctx, orderId, {
    what: 'note-set',
    change: (order) =>
      note.length > LONGEST_NOTE
        ? err(issue('invalid-input', { reason: 'note-too-long', field: 'note' }))
        : ok({ ...order, note }),
  })
}
