import { endJudging } from '#renderer/data/repos/judging.repo.ts'
import { loadOrders, rowIds, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { CHANGE_STORES, judgeAnew } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

const BATCH = 500

/**
 * Decides anew what every open order lacks: something that all of them are judged by has changed. `id` is of the judging that was begun
 * with that change; it has come to its end with the last batch.
 */
export async function judgeOpenOrders(
  ctx: Pick<UseCaseContext, 'db' | 'now' | 'rules'>,
  id: string,
): Promise<void> {
  const { db } = ctx
  const open = [...(await rowIds(db, 'to_ship')), ...(await rowIds(db, 'blocked'))]
  for (let from = 0; from === 0 || from < open.length; from += BATCH) {
    await inUnit(db, { stores: CHANGE_STORES, durability: 'strict' }, async () => {
      const orders = await loadOrders(db, open.slice(from, from + BATCH))
      const judged = await judgeAnew(ctx, orders)
      await saveOrders(
        db,
        judged.filter((order, at) => order !== orders[at]),
      )
      if (from + BATCH >= open.length) await endJudging(db, id)
    })
  }
}
