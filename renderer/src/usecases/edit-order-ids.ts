import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { without } from '#core/shared/without.ts'
import type { ConsigneeIdNeed } from '#core/customs/rules/rule.ts'
import { readConsigneeId } from '#core/customs/tax-ids/consignee-id.ts'
import type { Order } from '#core/order/order.ts'
import { changeOrder } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

export interface OrderIds {
  orderId: OrderId
  /** '' takes a number out. */
  consigneeId: string
  marketplaceTaxId: string
  /** What the destination asks for; null where it says nothing. */
  need: ConsigneeIdNeed | null
}

/**
 * Writes the numbers that go with one order alone: the recipient's, and the marketplace's tax id. Issues: `conflict.stage` once a label is made,
 * `invalid-input` consignee-id-invalid, marketplace-tax-id-invalid.
 */
export function editOrderIds(ctx: UseCaseContext, typed: OrderIds): Promise<Result<Order>> {
  const consignee = readConsigneeId(typed.consigneeId, typed.need)
  if (!consignee.ok) return Promise.resolve(consignee)
  const marketplace = typed.marketplaceTaxId.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  if (!/^[A-Z0-9.-]{0,40}$/.test(marketplace))
    return Promise.resolve(
      err(issue('invalid-input', { reason: 'marketplace-tax-id-invalid', field: 'marketplaceTaxId' })),
    )
  return changeOrder(ctx, typed.orderId, {
    what: 'order-ids-edited',
    change: (order) =>
      order.stage === 'to_ship' || order.stage === 'unpaid'
        ? ok({
            ...without(order, 'consigneeId', 'marketplaceTaxId'),
            ...(consignee.value === '' ? {} : { consigneeId: consignee.value }),
            ...(marketplace === '' ? {} : { marketplaceTaxId: marketplace }),
          })
        : err(issue('conflict', { reason: 'stage', field: 'stage' })),
  })
}
