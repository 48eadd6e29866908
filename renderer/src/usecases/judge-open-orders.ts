import { loadOrders, rowIds, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { judgeAnew } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

const BATCH = 500

/** Decides anew what every open order lacks: something that all of them are judged by has changed. */
export async function judgeOpenOrders(ctx: Pick<UseCaseContext, 'db' | 'now' | 'rules'>): Promise<void> {
  const { db } = ctx
  const open = [...(await rowIds(db, 'to_ship')), ...(await rowIds(db, 'blocked'))]
  for (let i = 0; i < open.length; i += BATCH) {
    await inUnit(
      db,
      { stores: [...ORDER_STORES, 'products', 'settings'], durability: 'strict' },
      async () => {
        const orders = await loadOrders(db, open.slice(i, i + BATCH))
        const judged = await judgeAnew(ctx, orders)
        await saveOrders(
          db,
          judged.filter((order, at) => order !== orders[at]),
        )
      },
    )
  }
}
