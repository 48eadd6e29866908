import type { OrderId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { addActivity, ofOrder } from '#renderer/data/repos/activity.repo.ts'
import { beginJudging, endJudging } from '#renderer/data/repos/judging.repo.ts'
import { loadOrders, openIdsWith, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { declaredBy } from '#renderer/data/repos/products.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { CHANGE_STORES, judgeAnew } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Orders that are judged in one transaction. */
const PER_UNIT = 200

/** A judging that was begun, of the orders with one product. */
export interface ProductJudging {
  id: string
  sku: string
}

export interface JudgeProgress {
  /** Orders that were judged, of all open ones with this SKU. */
  done: number
  of: number
}

export interface JudgeOptions {
  onProgress?: (progress: JudgeProgress) => void
  signal?: AbortSignal
}

/** Orders that changed their list or reason, and those of them that nothing is in the way of any more. */
export interface Judged {
  changedOrders: number
  freedOrders: number
}

/** A way to change a product, inside a unit over CHANGE_STORES; why it may not be. */
type ProductWrite = () => Promise<Issue | null>

/**
 * Changes what orders with a product are declared by, and judges these anew, also those with a bundle that holds it: the first page in
 * the transaction of the change, the others after it. Null when it was cancelled before the end. Issues: those of the write.
 */
export async function writeAndJudge(
  ctx: UseCaseContext<never>,
  sku: string,
  write: ProductWrite,
  options: JudgeOptions,
): Promise<Result<Judged | null>> {
  const { db, newId } = ctx
  const judging = { id: newId<'judging'>(), sku }
  const found = await inUnit(db, { stores: CHANGE_STORES, durability: 'strict' }, async () => {
    const refused = await write()
    if (refused !== null) return err(refused)
    const ids = await openIdsWith(db, await declaredBy(db, sku))
    // Whatever happens to the app from here on, the pages after the first are judged.
    await beginJudging(db, judging)
    return ok({ ids, judged: await judgePage(ctx, judging, { ids, from: 0 }) })
  })
  if (!found.ok) return found
  const { ids, judged } = found.value
  return ok(await judgeRest(ctx, judging, { ids, judged }, options))
}

/** Judges the pages after the first; null when it was cancelled before the end. */
export async function judgeRest(
  ctx: UseCaseContext<never>,
  judging: ProductJudging,
  { ids, judged }: { ids: readonly OrderId[]; judged: Judged },
  { onProgress, signal }: JudgeOptions = {},
): Promise<Judged | null> {
  const total = { ...judged }
  for (let done = Math.min(PER_UNIT, ids.length); ; done = Math.min(done + PER_UNIT, ids.length)) {
    onProgress?.({ done, of: ids.length })
    if (done >= ids.length) return total
    if (signal?.aborted === true) return null
    const next = await inUnit(ctx.db, { stores: CHANGE_STORES, durability: 'strict' }, () =>
      judgePage(ctx, judging, { ids, from: done }),
    )
    total.changedOrders += next.changedOrders
    total.freedOrders += next.freedOrders
  }
}

/** One page, inside a unit; with the last one the judging has come to its end. */
export async function judgePage(
  ctx: UseCaseContext<never>,
  { id, sku }: ProductJudging,
  { ids, from }: { ids: readonly OrderId[]; from: number },
): Promise<Judged> {
  const { db, newId, now } = ctx
  const orders = await loadOrders(db, ids.slice(from, from + PER_UNIT))
  const judged = await judgeAnew(ctx, orders)
  const changed = judged.filter((order, at) => order !== orders[at])
  await saveOrders(db, changed)
  const entry = { at: now(), what: 'customs-of-product-edited', values: { sku }, by: 'here' as const }
  await addActivity(
    db,
    newId,
    changed.map((order) => ({ ...ofOrder(order), ...entry })),
  )
  if (from + PER_UNIT >= ids.length) await endJudging(db, id)
  return {
    changedOrders: changed.length,
    freedOrders: changed.filter(({ blocked }) => blocked === null).length,
  }
}
