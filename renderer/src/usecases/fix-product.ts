import type { ItemCustoms, Product } from '#core/catalog/product.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { sameJson } from '#core/shared/same-json.ts'
import { addActivity, ofOrder } from '#renderer/data/repos/activity.repo.ts'
import { loadOrders, openIdsWith, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { NO_CUSTOMS, productsBySku, saveProducts } from '#renderer/data/repos/products.repo.ts'
import { itemCustomsSchema, whyNot } from '#renderer/data/stored-schemas.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { CHANGE_STORES, judgeAnew } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { itemChanges } from '#renderer/usecases/edit-product-customs.ts'

/** Orders that are judged in one transaction. */
const PER_UNIT = 200

export interface FixProductInput {
  sku: string
  /** Only what is to change. */
  facts: Partial<ItemCustoms>
}

export interface FixProgress {
  /** Orders that were judged, of all open ones with this SKU. */
  done: number
  of: number
}

export interface FixOptions {
  onProgress?: (progress: FixProgress) => void
  signal?: AbortSignal
}

/** What was done; enough to take it back as one step. */
export interface FixedProduct {
  sku: string
  before: ItemCustoms
  after: ItemCustoms
  /** Orders that changed their list or reason. */
  changed: number
}

/**
 * Writes facts of a product once and judges anew every open order with it, a page of orders in a transaction. When it is cancelled, the
 * facts and the orders are as they were. Issues: `invalid-input.customs-invalid`, `cancelled`.
 */
export async function fixProduct(
  ctx: UseCaseContext<never>,
  { sku, facts }: FixProductInput,
  options: FixOptions = {},
): Promise<Result<FixedProduct>> {
  const before = (await productsBySku(ctx.db, [sku])).get(sku)?.customs ?? NO_CUSTOMS
  const parsed = itemCustomsSchema.safeParse({ ...before, ...facts })
  if (!parsed.success) {
    const remoteMessage = whyNot(parsed.error)
    return err(issue('invalid-input', { reason: 'customs-invalid', field: 'customs', remoteMessage }))
  }
  const after = parsed.data
  const written = await writeFacts(ctx, { sku, from: before, to: after })
  if (!written.ok) return written
  const changed = await judgePages(ctx, sku, options)
  if (changed !== null) return ok({ sku, before, after, changed })
  const back = await undoFixProduct(ctx, { sku, before, after })
  return back.ok ? err(issue('cancelled')) : back
}

/** Takes a fix back as one step. Issues: `conflict.product-changed` when somebody has changed the facts since. */
export async function undoFixProduct(
  ctx: UseCaseContext<never>,
  { sku, before, after }: Omit<FixedProduct, 'changed'>,
  options: Pick<FixOptions, 'onProgress'> = {},
): Promise<Result<{ changed: number }>> {
  const written = await writeFacts(ctx, { sku, from: after, to: before })
  if (!written.ok) return written
  return ok({ changed: (await judgePages(ctx, sku, options)) ?? 0 })
}

interface FactsWrite {
  sku: string
  from: ItemCustoms
  to: ItemCustoms
}

function writeFacts(ctx: UseCaseContext<never>, { sku, from, to }: FactsWrite): Promise<Result<null>> {
  const { db, newId, now } = ctx
  const stores = ['products', 'activity', 'settings'] as const
  return inUnit(db, { stores, durability: 'strict' }, async () => {
    const known = (await productsBySku(db, [sku])).get(sku)
    if (!sameJson(known?.customs ?? NO_CUSTOMS, from))
      return err(issue('conflict', { reason: 'product-changed', field: 'customs' }))
    const base: Omit<Product, 'customs' | 'updatedAt'> = known ?? { id: newId<'product'>(), sku, titles: {} }
    await saveProducts(db, [{ ...base, customs: to, updatedAt: now() }])
    await addActivity(db, newId, [
      {
        ...{ entityKey: `product:${sku}`, connectionId: '' as const, label: sku, at: now() },
        ...{ by: 'here' as const, what: 'product-customs-edited', values: { sku } },
        changes: itemChanges(from, to),
      },
    ])
    return ok(null)
  })
}

/** How many orders changed; null when it was cancelled before the end. */
async function judgePages(
  ctx: UseCaseContext<never>,
  sku: string,
  { onProgress, signal }: FixOptions,
): Promise<number | null> {
  const ids = await openIdsWith(ctx.db, sku)
  let changed = 0
  for (let i = 0; i < ids.length; i += PER_UNIT) {
    if (signal?.aborted === true) return null
    changed += await judgePage(ctx, sku, ids.slice(i, i + PER_UNIT))
    onProgress?.({ done: Math.min(i + PER_UNIT, ids.length), of: ids.length })
  }
  return changed
}

function judgePage(ctx: UseCaseContext<never>, sku: string, ids: readonly OrderId[]): Promise<number> {
  const { db, newId, now } = ctx
  return inUnit(db, { stores: CHANGE_STORES, durability: 'strict' }, async () => {
    const orders = await loadOrders(db, ids)
    const judged = await judgeAnew(ctx, orders)
    const changed = judged.filter((order, at) => order !== orders[at])
    await saveOrders(db, changed)
    await addActivity(
      db,
      newId,
      changed.map((order) => ({
        ...ofOrder(order),
        ...{ at: now(), what: 'customs-of-product-edited', values: { sku }, by: 'here' as const },
      })),
    )
    return changed.length
  })
}
