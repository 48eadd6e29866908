import { checkContents, contentsText, isBundle } from '#core/catalog/contents.ts'
import type { Contained, Product } from '#core/catalog/product.ts'
import { changeText } from '#core/shared/field-change.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { sameJson } from '#core/shared/same-json.ts'
import { without } from '#core/shared/without.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import {
  declaredBy,
  hasFacts,
  NO_CUSTOMS,
  productsBySku,
  productsWithParts,
  saveProducts,
} from '#renderer/data/repos/products.repo.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { writeAndJudge, type Judged, type JudgeOptions } from '#renderer/usecases/judge-by-product.ts'

export interface ProductContentsEdit {
  sku: string
  /** What one piece holds; nothing: it is no bundle. */
  contains: readonly Contained[]
}

/** What was done; enough to take it back as one step. */
export interface EditedContents extends Judged {
  sku: string
  before: Contained[]
  after: Contained[]
  /** Parts that nobody had named before: they have a record now, where their facts can be filled in. */
  made: string[]
}

/**
 * Writes what a product holds and judges anew every open order with it, as editProductCustoms() does; parts nobody knew join the catalogue
 * without facts. Issues: those of checkContents(), `invalid-input` part-is-bundle (field `contains.0.sku`), product-is-part (field
 * `contains`), `conflict.product-changed`, `cancelled`.
 */
export async function editProductContents(
  ctx: UseCaseContext<never>,
  { sku, contains }: ProductContentsEdit,
  options: JudgeOptions = {},
): Promise<Result<EditedContents>> {
  const checked = checkContents(sku, contains)
  if (!checked.ok) return checked
  const before = (await productsBySku(ctx.db, [sku])).get(sku)?.contains ?? []
  const write: ContentsWrite = { sku, from: before, to: checked.value, made: [] }
  const done = { sku, before, after: checked.value, made: write.made }
  if (sameJson(before, checked.value)) return ok({ ...done, changedOrders: 0, freedOrders: 0 })
  const judged = await writeAndJudge(ctx, sku, () => writeContents(ctx, write), options)
  if (!judged.ok) return judged
  if (judged.value !== null) return ok({ ...done, ...judged.value })
  const back = await undoProductContents(ctx, done)
  return back.ok ? err(issue('cancelled')) : back
}

/**
 * Takes an edit back as one step, with the records that it made and nobody has used since. Issues: `conflict.product-changed` when somebody
 * has changed the contents since, `invalid-input` as of the edit when a part has become a bundle.
 */
export async function undoProductContents(
  ctx: UseCaseContext<never>,
  { sku, before, after, made }: Pick<EditedContents, 'sku' | 'before' | 'after' | 'made'>,
): Promise<Result<{ changedOrders: number }>> {
  const write: ContentsWrite = { sku, from: after, to: before, made: [] }
  const takeBack = async (): Promise<Issue | null> => {
    const refused = await writeContents(ctx, write)
    if (refused === null) await removeUnused(ctx, made)
    return refused
  }
  const judged = await writeAndJudge(ctx, sku, takeBack, {})
  return judged.ok ? ok({ changedOrders: judged.value?.changedOrders ?? 0 }) : judged
}

interface ContentsWrite {
  sku: string
  from: Contained[]
  to: Contained[]
  /** Filled with the parts that get a record. */
  made: string[]
}

async function writeContents(
  ctx: UseCaseContext<never>,
  { sku, from, to, made }: ContentsWrite,
): Promise<Issue | null> {
  const { db, newId, now } = ctx
  const parts = to.map((part) => part.sku)
  const known = await productsBySku(db, [sku, ...parts])
  if (!sameJson(known.get(sku)?.contains ?? [], from))
    return issue('conflict', { reason: 'product-changed', field: 'contains' })
  const nested = await findNested(ctx, sku, to, known)
  if (nested !== null) return nested
  const fresh = (of: string): Product => ({
    ...{ id: newId<'product'>(), sku: of, titles: {}, customs: NO_CUSTOMS, updatedAt: now() },
  })
  const unknown = parts.filter((part) => !known.has(part))
  made.splice(0, made.length, ...unknown)
  const base = { ...without(known.get(sku) ?? fresh(sku), 'contains'), updatedAt: now() }
  const bundle: Product = to.length === 0 ? base : { ...base, contains: to }
  await saveProducts(db, [bundle, ...unknown.map(fresh)])
  const change = { field: 'contains', from: changeText(textOf(from)), to: changeText(textOf(to)) }
  await addActivity(db, newId, [
    {
      ...{ entityKey: `product:${sku}`, connectionId: '' as const, label: sku, at: now() },
      ...{ by: 'here' as const, what: 'product-contents-edited', values: { sku }, changes: [change] },
    },
  ])
  return null
}

function textOf(contains: readonly Contained[]): string | undefined {
  return contains.length === 0 ? undefined : contentsText(contains)
}

/** No bundle within a bundle: a declaration names goods, and these are told one level down. */
async function findNested(
  { db }: UseCaseContext<never>,
  sku: string,
  contains: readonly Contained[],
  known: ReadonlyMap<string, Product>,
): Promise<Issue | null> {
  if (contains.length === 0) return null
  const at = contains.findIndex((part) => isBundle(known.get(part.sku) ?? {}))
  if (at >= 0) return issue('invalid-input', { reason: 'part-is-bundle', field: `contains.${at}.sku` })
  const holders = (await declaredBy(db, sku)).length - 1
  return holders === 0 ? null : issue('invalid-input', { reason: 'product-is-part', field: 'contains' })
}

async function removeUnused({ db }: UseCaseContext<never>, skus: readonly string[]): Promise<void> {
  for (const [sku, product] of await productsWithParts(db, skus)) {
    const isNamed = hasFacts(product) || Object.keys(product.titles).length > 0
    const isOrdered = (await db.orders.where('openSkus').equals(sku).count()) > 0
    if (!isNamed && !isOrdered && (await declaredBy(db, sku)).length === 1)
      await db.products.delete(product.id)
  }
}
