import type { ItemCustoms } from '#core/catalog/product.ts'
import { changeText, type FieldChange } from '#core/shared/field-change.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofOrder } from '#renderer/data/repos/activity.repo.ts'
import { openOrdersWith, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { productsBySku, saveProducts } from '#renderer/data/repos/products.repo.ts'
import { itemCustomsSchema, whyNot } from '#renderer/data/stored-schemas.ts'
import { judgeAnew } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Writes a product's customs facts and judges anew every open order with this SKU. Issues: `invalid-input.customs-invalid`. The
 * value is how many orders changed their list or reason.
 */
export async function editProductCustoms(
  ctx: UseCaseContext,
  { sku, customs }: { sku: string; customs: ItemCustoms },
): Promise<Result<{ changedOrders: number }>> {
  const parsed = itemCustomsSchema.safeParse(customs)
  if (!parsed.success)
    return err(
      issue('invalid-input', {
        reason: 'customs-invalid',
        field: 'customs',
        remoteMessage: whyNot(parsed.error),
      }),
    )
  const changedOrders = await inUnit(
    ctx.db,
    { stores: [...ORDER_STORES, 'products', 'settings'], durability: 'strict' },
    () => putProductCustoms(ctx, sku, parsed.data),
  )
  return ok({ changedOrders })
}

/** The write itself, inside a unit over the order stores, `products` and `settings`. */
export async function putProductCustoms(
  ctx: UseCaseContext,
  sku: string,
  customs: ItemCustoms,
): Promise<number> {
  const { db, newId, now } = ctx
  const known = (await productsBySku(db, [sku])).get(sku)
  await saveProducts(db, [
    { ...(known ?? { id: newId<'product'>(), sku, titles: {} }), customs, updatedAt: now() },
  ])
  const open = await openOrdersWith(db, sku)
  const judged = await judgeAnew(ctx, open)
  const changed = judged.filter((order, i) => order !== open[i])
  await saveOrders(db, changed)
  const edited = itemChanges(known?.customs, customs)
  await addActivity(db, newId, [
    {
      ...{
        entityKey: `product:${sku}`,
        connectionId: '' as const,
        label: sku,
        at: now(),
        by: 'here' as const,
      },
      ...{ what: 'product-customs-edited', values: { sku }, changes: edited },
    },
    ...changed.map((order) => ({
      ...ofOrder(order),
      at: now(),
      what: 'customs-of-product-edited',
      values: { sku },
      by: 'here' as const,
    })),
  ])
  return changed.length
}

/** What differs between two sets of facts, for the journal. */
export function itemChanges(before: ItemCustoms | undefined, after: ItemCustoms): FieldChange[] {
  return (Object.keys(after) as (keyof ItemCustoms)[])
    .map((field) => ({ field, from: changeText(before?.[field]), to: changeText(after[field]) }))
    .filter(({ from, to }) => from !== to)
}
