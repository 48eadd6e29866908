import type { ItemCustoms } from '#core/catalog/product.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { describeChanges, listChanges } from '#core/order/list-changes.ts'
import type { Order } from '#core/order/order.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofOrder } from '#renderer/data/repos/activity.repo.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { itemCustomsSchema, whyNot } from '#renderer/data/stored-schemas.ts'
import { changeOrder, judgeAnew } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { putProductCustoms } from '#renderer/usecases/edit-product-customs.ts'

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
 * `not-found.line`, `conflict.stage` once a label is made, `invalid-input.customs-invalid`. The value is how many orders changed.
 */
export async function editCustoms(
  ctx: UseCaseContext,
  input: EditCustomsInput,
): Promise<Result<{ changedOrders: number }>> {
  const parsed = itemCustomsSchema.safeParse(input.customs)
  if (!parsed.success)
    return err(
      issue('invalid-input', {
        reason: 'customs-invalid',
        field: 'customs',
        remoteMessage: whyNot(parsed.error),
      }),
    )
  const found = await ctx.db.orders.get(input.orderId)
  const sku = found?.lines.find((line) => line.remoteLineId === input.lineId)?.sku
  if (input.scope === 'line' || sku === undefined || sku === '') return editLine(ctx, input, parsed.data)
  return editForProduct(ctx, input, sku, parsed.data)
}

async function editLine(
  ctx: UseCaseContext,
  { orderId, lineId }: EditCustomsInput,
  customs: ItemCustoms,
): Promise<Result<{ changedOrders: number }>> {
  const changed = await changeOrder(ctx, orderId, {
    what: 'customs-edited',
    values: { line: lineId },
    change: (order) => withCustoms(order, lineId, customs),
  })
  return changed.ok ? ok({ changedOrders: 1 }) : changed
}

function editForProduct(
  ctx: UseCaseContext,
  { orderId, lineId }: EditCustomsInput,
  sku: string,
  customs: ItemCustoms,
): Promise<Result<{ changedOrders: number }>> {
  const { db, newId, now } = ctx
  return inUnit(db, { stores: [...ORDER_STORES, 'products', 'settings'], durability: 'strict' }, async () => {
    const loaded = await loadOrder(db, orderId)
    if (!loaded.ok) return loaded
    // The line follows its product again.
    const cleared = withCustoms(loaded.value, lineId, null)
    if (!cleared.ok) return cleared
    await saveOrders(db, [cleared.value])
    const changedOrders = await putProductCustoms(ctx, sku, customs)
    const [order = cleared.value] = await judgeAnew(ctx, [cleared.value])
    await saveOrders(db, [{ ...order, updatedAt: now() }])
    await addActivity(db, newId, [
      {
        ...ofOrder(order),
        at: now(),
        what: 'customs-edited',
        values: { line: lineId, sku },
        by: 'here',
        changes: describeChanges(listChanges(loaded.value, order)),
      },
    ])
    return ok({ changedOrders: Math.max(1, changedOrders) })
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
