import { ok, type Result } from '#core/shared/result.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import type { DeskSettings } from '#renderer/data/records.ts'
import { loadOrders, rowIds, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { loadDesk, saveDesk } from '#renderer/data/repos/settings.repo.ts'
import { judgeAnew } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Changes some of the desk's settings; the others stay. Another sender's country moves customs borders, so every open
 * order is judged anew then. Returns all settings.
 */
export async function saveSettings(
  ctx: UseCaseContext,
  { patch }: { patch: Partial<DeskSettings> },
): Promise<Result<DeskSettings>> {
  const { db } = ctx
  const { before, after } = await inUnit(db, { stores: ['settings'], durability: 'strict' }, async () => {
    const before = await loadDesk(db)
    const after = { ...before, ...patch }
    await saveDesk(db, after)
    return { before, after }
  })
  if (before.sender.country !== after.sender.country) await judgeOpenOrders(ctx)
  return ok(after)
}

const BATCH = 500

async function judgeOpenOrders(ctx: UseCaseContext): Promise<void> {
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
