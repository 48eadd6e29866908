import type { OrderId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { applyToOrder } from '#renderer/usecases/apply-verb.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Writes the desk's note on an order. A shop that can keep notes for its staff gets it as well, never the buyer. Issues:
 * `invalid-input.note-too-long`.
 */
export function setNote(
  ctx: UseCaseContext<never>,
  { orderId, note }: { orderId: OrderId; note: string },
): Promise<Result<Order>> {
  return applyToOrder(ctx, orderId, { kind: 'note', note, mode: 'set' })
}
