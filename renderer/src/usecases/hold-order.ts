import type { OrderId } from '#core/shared/ids.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { changeOrder } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Keeps an order on the desk until it is released. */
export function holdOrder(ctx: UseCaseContext, { orderId }: { orderId: OrderId }): Promise<Result<Order>> {
  return changeOrder(ctx, orderId, { what: 'held', change: (order) => ok({ ...order, held: true }) })
}
