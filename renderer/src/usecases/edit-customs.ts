import type { ItemCustoms } from '#core/catalog/product.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { loadOrder } from '#renderer/data/repos/orders.repo.ts'
import { itemCustomsSchema, whyNot } from '#renderer/data/stored-schemas.ts'
import { changeOrder } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { editProductCustoms, type EditedProduct } from '#renderer/usecases/edit-product-customs.ts'

export interface EditCustomsInput {
  orderId: OrderId
  /** `remoteLineId` of the line. */
  lineId: string
  customs: ItemCustoms
  /** `product`: for every order with this SKU, now and later; `line`: for this line only. */
  scope: 'product' | 'line'
}

/**
 * Writes customs facts from an order's line and judges anew every order that they matter to. Issues: `not-found.order`,
 * `not-found.line`, `conflict.stage` once a label is made, `invalid-input.customs-invalid`, `conflict.product-changed`. `product` is what
 * was written for all orders, null where it was for this line only.
 */
export async function editCustoms(
  ctx: UseCaseContext<never>,
  { orderId, lineId, customs, scope }: EditCustomsInput,
): Promise<Result<{ product: EditedProduct | null }>> {
  const parsed = itemCustomsSchema.safeParse(customs)
  if (!parsed.success)
    return err(
      issue('invalid-input', {
        reason: 'customs-invalid',
        field: 'customs',
        remoteMessage: whyNot(parsed.error),
      }),
    )
  const found = await loadOrder(ctx.db, orderId)
  if (!found.ok) return found
  const possible = withCustoms(found.value, lineId, null)
  if (!possible.ok) return possible
  const line = found.value.lines.find(({ remoteLineId }) => remoteLineId === lineId)
  const sku = line?.sku ?? ''
  if (scope === 'line' || sku === '') {
    const changed = await setOnLine(ctx, { orderId, lineId, customs: parsed.data })
    return changed.ok ? ok({ product: null }) : changed
  }
  const edited = await editProductCustoms(ctx, { sku, customs })
  if (!edited.ok) return edited
  // The line follows its product again.
  const followed =
    line?.customs === null ? ok(null) : await setOnLine(ctx, { orderId, lineId, customs: null })
  return followed.ok ? ok({ product: edited.value }) : followed
}

function setOnLine(
  ctx: UseCaseContext<never>,
  { orderId, lineId, customs }: { orderId: OrderId; lineId: string; customs: ItemCustoms | null },
): Promise<Result<Order>> {
  return changeOrder(ctx, orderId, {
    what: 'customs-edited',
    values: { line: lineId },
    change: (order) => withCustoms(order, lineId, customs),
  })
}

function withCustoms(order: Order, lineId: string, customs: ItemCustoms | null): Result<Order> {
  if (order.stage !== 'to_ship' && order.stage !== 'unpaid')
    return err(issue('conflict', { reason: 'stage', field: 'stage' }))
  if (!order.lines.some((line) => line.remoteLineId === lineId))
    return err(issue('not-found', { reason: 'line', field: 'lines' }))
  return ok({
    ...order,
    lines: order.lines.map((line) => (line.remoteLineId === lineId ? { ...line, customs } : line)),
  })
}
