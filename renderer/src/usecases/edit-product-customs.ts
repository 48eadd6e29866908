import type { ItemCustoms, Product } from '#core/catalog/product.ts'
import { changeText, type FieldChange } from '#core/shared/field-change.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { sameJson } from '#core/shared/same-json.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { NO_CUSTOMS, productsBySku, saveProducts } from '#renderer/data/repos/products.repo.ts'
import { itemCustomsSchema, whyNot } from '#renderer/data/stored-schemas.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { writeAndJudge, type Judged, type JudgeOptions } from '#renderer/usecases/judge-by-product.ts'

export interface ProductCustomsEdit {
  sku: string
  /** Only what is to change; what is undefined is taken away. */
  customs: Partial<ItemCustoms>
}

/** What was done; enough to take it back as one step. */
export interface EditedProduct extends Judged {
  sku: string
  before: ItemCustoms
  after: ItemCustoms
}

/**
 * Writes customs facts of a product once and judges anew every open order with it, also in a bundle: the first page of orders in one transaction with the
 * facts, the others after it, and also after the app was killed in between (finish-judging.ts). When it is cancelled, the facts and the orders are as they were. Issues: `invalid-input.customs-invalid`,
 * `conflict.product-changed`, `cancelled`.
 */
export async function editProductCustoms(
  ctx: UseCaseContext<never>,
  { sku, customs }: ProductCustomsEdit,
  options: JudgeOptions = {},
): Promise<Result<EditedProduct>> {
  const before = (await productsBySku(ctx.db, [sku])).get(sku)?.customs ?? NO_CUSTOMS
  const parsed = itemCustomsSchema.safeParse(withoutUndefined({ ...before, ...customs }))
  if (!parsed.success) {
    const remoteMessage = whyNot(parsed.error)
    return err(issue('invalid-input', { reason: 'customs-invalid', field: 'customs', remoteMessage }))
  }
  const after = parsed.data
  const judged = await writeAndJudge(
    ctx,
    sku,
    () => writeFacts(ctx, { sku, from: before, to: after }),
    options,
  )
  if (!judged.ok) return judged
  if (judged.value !== null) return ok({ sku, before, after, ...judged.value })
  const back = await undoProductCustoms(ctx, { sku, before, after })
  return back.ok ? err(issue('cancelled')) : back
}

/** Takes an edit back as one step. Issues: `conflict.product-changed` when somebody has changed the facts since. */
export async function undoProductCustoms(
  ctx: UseCaseContext<never>,
  { sku, before, after }: Pick<EditedProduct, 'sku' | 'before' | 'after'>,
  options: Pick<JudgeOptions, 'onProgress'> = {},
): Promise<Result<{ changedOrders: number }>> {
  const judged = await writeAndJudge(
    ctx,
    sku,
    () => writeFacts(ctx, { sku, from: after, to: before }),
    options,
  )
  return judged.ok ? ok({ changedOrders: judged.value?.changedOrders ?? 0 }) : judged
}

interface FactsWrite {
  sku: string
  from: ItemCustoms
  to: ItemCustoms
}

async function writeFacts({ db, newId, now }: UseCaseContext<never>, { sku, from, to }: FactsWrite) {
  const known = (await productsBySku(db, [sku])).get(sku)
  if (!sameJson(known?.customs ?? NO_CUSTOMS, from))
    return issue('conflict', { reason: 'product-changed', field: 'customs' })
  const base: Omit<Product, 'customs' | 'updatedAt'> = known ?? { id: newId<'product'>(), sku, titles: {} }
  await saveProducts(db, [{ ...base, customs: to, updatedAt: now() }])
  await addActivity(db, newId, [
    {
      ...{ entityKey: `product:${sku}`, connectionId: '' as const, label: sku, at: now() },
      ...{ by: 'here' as const, what: 'product-customs-edited', values: { sku } },
      changes: itemChanges(from, to),
    },
  ])
  return null
}

/** What differs between two sets of facts, for the journal. */
export function itemChanges(before: ItemCustoms | undefined, after: ItemCustoms): FieldChange[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after)]) as Set<keyof ItemCustoms>
  return [...fields]
    .map((field) => ({ field, from: changeText(before?.[field]), to: changeText(after[field]) }))
    .filter(({ from, to }) => from !== to)
}

function withoutUndefined(customs: ItemCustoms): ItemCustoms {
  const known = Object.entries(customs).filter(([, value]) => value !== undefined)
  return Object.fromEntries(known) as unknown as ItemCustoms
}
