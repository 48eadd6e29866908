import { loadJudging } from '#renderer/data/repos/judging.repo.ts'
import { openIdsWith } from '#renderer/data/repos/orders.repo.ts'
import { declaredBy } from '#renderer/data/repos/products.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { CHANGE_STORES } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { judgePage, judgeRest, type ProductJudging } from '#renderer/usecases/judge-by-product.ts'
import { judgeOpenOrders } from '#renderer/usecases/judge-open-orders.ts'

/**
 * Goes on with judging that was cut off, from its beginning: an order that was judged already stays as it is. Whoever is still at it in a
 * window is not disturbed.
 */
export async function finishJudging(ctx: UseCaseContext<never>): Promise<void> {
  for (const { id, sku } of await loadJudging(ctx.db)) {
    if (sku === null) await judgeOpenOrders(ctx, id)
    else await judgeWithSku(ctx, { id, sku })
  }
}

async function judgeWithSku(ctx: UseCaseContext<never>, judging: ProductJudging): Promise<void> {
  const ids = await openIdsWith(ctx.db, await declaredBy(ctx.db, judging.sku))
  const judged = await inUnit(ctx.db, { stores: CHANGE_STORES, durability: 'strict' }, () =>
    judgePage(ctx, judging, { ids, from: 0 }),
  )
  await judgeRest(ctx, judging, { ids, judged })
}
