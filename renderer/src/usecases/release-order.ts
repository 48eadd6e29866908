import type { OrderId } from '#core/shared/ids.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { changeOrder } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Lets an order that was held go on; other reasons that block it show then. */
export function releaseOrder(ctx: UseCaseContext, { orderId }: { orderId: OrderId }): Promise<Result<Order>> {
  return changeOrder(ctx, orderId, { what: 'released', change: (order) => ok({ ...order, held: false }) })
}
