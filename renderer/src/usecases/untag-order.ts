import type { OrderId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { applyToOrder } from '#renderer/usecases/apply-verb.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Takes a tag off an order. */
export function untagOrder(
  ctx: UseCaseContext<never>,
  { orderId, tag }: { orderId: OrderId; tag: string },
): Promise<Result<Order>> {
  return applyToOrder(ctx, orderId, { kind: 'untag', tag })
}
