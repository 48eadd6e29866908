import type { Address } from '#core/address/address.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { changeOrder } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Corrects where an order goes, while no label says otherwise. It stays corrected until the shop itself changes the
 * address. Issues: `conflict.stage` once a label is made,
 * `conflict.address-conflict` while a person has to choose between two.
 */
export function editAddress(
  ctx: UseCaseContext,
  { orderId, address }: { orderId: OrderId; address: Address },
): Promise<Result<Order>> {
  return changeOrder(ctx, orderId, {
    what: 'address-edited',
    change: (order) =>
      order.stage === 'to_ship' || order.stage === 'unpaid'
        ? order.addressConflict === true
          ? err(issue('conflict', { reason: 'address-conflict', field: 'shipTo' }))
          : ok({ ...order, shipTo: address })
        : err(issue('conflict', { reason: 'stage', field: 'stage' })),
  })
}
