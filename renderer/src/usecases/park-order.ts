import type { OrderId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { applyToOrder } from '#renderer/usecases/apply-verb.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Sets an order aside until a moment (epoch ms), or until a person brings it back (null). Issues: `conflict.stage`, `conflict.label-made`,
 * `invalid-input.park-past`.
 */
export function parkOrder(
  ctx: UseCaseContext<never>,
  { orderId, until }: { orderId: OrderId; until: number | null },
): Promise<Result<Order>> {
  return applyToOrder(ctx, orderId, { kind: 'park', until })
}
