import type { DemoSeed } from '#core/contracts/demo.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { ok, type Result } from '#core/shared/result.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { loadDesk, saveDesk } from '#renderer/data/repos/settings.repo.ts'
import { saveProducts, productsBySku } from '#renderer/data/repos/products.repo.ts'
import { newConnection } from '#renderer/usecases/connect-shop.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { importNumberRange } from '#renderer/usecases/import-number-range.ts'

/** The oldest open order of the demo is not late yet, and the next ones are soon. */
const DEMO_HANDLING_DAYS = 5

export type DemoStep = 'describing' | 'preparing' | 'starting-shops' | 'ready'

/** Under this setting a demo connection knows which built-in shop it stands for. */
const SHOP_SETTING = 'demoShop'

/**
 * Prepares the demo's own database (`ctx.db`) and starts its shops; the orders then come by real pulls. To be called at
 * every start of the demo: what is there already stays, and the shops are bound to their connections again.
 */
export async function openDemoWorkspace(
  ctx: UseCaseContext,
  { progress = () => undefined }: { progress?: ((step: DemoStep) => void) | undefined } = {},
): Promise<Result<{ connectionIds: ConnectionId[] }>> {
  progress('describing')
  const seed = await ctx.host['demo.describe']({})
  if (!seed.ok) return seed
  progress('preparing')
  const shops = await seedShops(ctx, seed.value)
  await seedDesk(ctx, seed.value)
  for (const pool of (await ctx.db.pools.count()) > 0 ? [] : seed.value.pools) {
    const imported = await importNumberRange(ctx, pool)
    if (!imported.ok) return imported
  }
  progress('starting-shops')
  const started = await ctx.host['demo.start']({ shops })
  if (!started.ok) return started
  progress('ready')
  return ok({ connectionIds: shops.map(({ connectionId }) => connectionId) })
}

function seedShops(
  { db, newId, now }: UseCaseContext,
  { shops }: DemoSeed,
): Promise<{ connectionId: ConnectionId; shop: string }[]> {
  return inUnit(db, { stores: ['connections'], durability: 'strict' }, async () => {
    const known = new Map(
      (await db.connections.toArray()).map(({ id, settings }) => [settings[SHOP_SETTING], id]),
    )
    const bound: { connectionId: ConnectionId; shop: string }[] = []
    for (const { shop, name, connectorId } of shops) {
      const connectionId = known.get(shop) ?? newId<'connection'>()
      bound.push({ connectionId, shop })
      if (!known.has(shop))
        await db.connections.add({
          ...newConnection(connectionId, { connectorId, name, settings: { [SHOP_SETTING]: shop } }, now()),
          handlingDays: DEMO_HANDLING_DAYS,
        })
    }
    return bound
  })
}

function seedDesk(
  { db, newId, now }: UseCaseContext,
  { sender, signer, homeCurrency, products }: DemoSeed,
): Promise<void> {
  return inUnit(db, { stores: ['settings', 'products'], durability: 'strict' }, async () => {
    const desk = await loadDesk(db)
    if (desk.workspace !== 'demo')
      await saveDesk(db, { ...desk, sender, signer, homeCurrency, workspace: 'demo' })
    const known = await productsBySku(
      db,
      products.map(({ sku }) => sku),
    )
    const fresh = products.filter(({ sku }) => !known.has(sku))
    await saveProducts(
      db,
      fresh.map((product) => ({ ...product, id: newId<'product'>(), updatedAt: now() })),
    )
  })
}
