import type { OrderId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { applyToOrder } from '#renderer/usecases/apply-verb.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Lets an order that was held go on; other reasons that block it show then. */
export function releaseOrder(
  ctx: UseCaseContext<never>,
  { orderId }: { orderId: OrderId },
): Promise<Result<Order>> {
  return applyToOrder(ctx, orderId, { kind: 'release' })
}
