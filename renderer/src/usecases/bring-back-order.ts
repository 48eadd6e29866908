import type { OrderId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { applyToOrder } from '#renderer/usecases/apply-verb.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Ends the parking of an order before its day. */
export function bringBackOrder(
  ctx: UseCaseContext<never>,
  { orderId }: { orderId: OrderId },
): Promise<Result<Order>> {
  return applyToOrder(ctx, orderId, { kind: 'bring-back' })
}
