import type { OrderId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { applyToOrder } from '#renderer/usecases/apply-verb.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Says who works on an order; '' takes away whoever it is. Issues: `invalid-input.assignee-too-long`. */
export function assignOrder(
  ctx: UseCaseContext<never>,
  { orderId, to }: { orderId: OrderId; to: string },
): Promise<Result<Order>> {
  return applyToOrder(ctx, orderId, { kind: 'assign', to })
}
