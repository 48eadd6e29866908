import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import type { ConnectionId } from '#core/shared/ids.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { forgetOrders, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { idsFound, openIndex, type IndexDesk } from '#tests/support/index-desk.ts'
import { madeOrder } from '#tests/support/made-orders.ts'
import { expectedIds, madeQuery } from '#tests/support/order-lists.ts'
import { freshDatabase } from '#tests/support/test-desk.ts'

const STORES = ['orders', 'orderRows', 'orderChanges', 'counters', 'shadows', 'conflicts'] as const

function write(db: CaravelDatabase, rng: () => number, most = 12, from = 60): Promise<void> {
  const ids = new Set(Array.from({ length: 1 + Math.floor(rng() * most) }, () => idOf(rng, from)))
  const orders = [...ids].map((id) => madeOrder(id, rng))
  return inUnit(db, { stores: STORES, durability: 'relaxed' }, () => saveOrders(db, orders))
}

/** Most are as ids are; some are not. */
function idOf(rng: () => number, from: number): string {
  const n = Math.floor(rng() * from)
  return n % 17 === 0 ? `ö-${n}` : n % 11 === 0 ? `short${n}` : String(n).padStart(17, '0')
}

function forget(db: CaravelDatabase, rng: () => number): Promise<number> {
  const shop = (['shop-a', 'shop-b', 'shop-c'] as ConnectionId[])[Math.floor(rng() * 3)]!
  return inUnit(db, { stores: STORES, durability: 'relaxed' }, () => forgetOrders(db, shop, 4))
}

async function expectRight(desk: IndexDesk, db: CaravelDatabase, rng: () => number): Promise<void> {
  const rows = await db.orderRows.toArray()
  for (let i = 0; i < 6; i++) {
    const query = madeQuery(rng)
    expect(await idsFound(desk, query), JSON.stringify(query)).toEqual(expectedIds(rows, query))
  }
}

/** Lets the n-th write to the store fail, in the middle of its transaction. */
function failAt(db: CaravelDatabase, at: number): () => void {
  let left = at
  const stops = db.tables.map((table) => {
    const core = table.core as unknown as { mutate: (request: unknown) => Promise<unknown> }
    const { mutate } = core
    core.mutate = (request) =>
      --left === 0 ? Promise.reject(new Error('crash')) : mutate.call(core, request)
    return () => (core.mutate = mutate)
  })
  return () => {
    for (const stop of stops) stop()
  }
}

it.each(Array.from({ length: 12 }, (_, seed) => seed + 1))(
  'answers as the rows do, whatever happened: history %i',
  async (seed) => {
    const rng = seededRng(seed)
    const db = await freshDatabase()
    await write(db, rng)
    let desk = await openIndex(db)
    // Another window's, which stores nothing.
    const other = await openIndex(db)
    for (let step = 0; step < 30; step++) {
      const what = rng()
      if (what < 0.5) await write(db, rng)
      else if (what < 0.6) await forget(db, rng)
      else if (what < 0.8) {
        const stop = failAt(db, rng() < 0.5 ? Infinity : 1 + Math.floor(rng() * 6))
        const saved = await desk.follower.save().then(
          () => true,
          () => false,
        )
        stop()
        if (!saved) desk = await openIndex(db)
      } else if (what < 0.9) desk = await openIndex(db)
      if (rng() < 0.5) {
        await desk.follower.catchUp()
        await expectRight(desk, db, rng)
      }
      if (rng() < 0.2) {
        await other.follower.catchUp()
        await expectRight(other, db, rng)
      }
    }
    db.close()
  },
)

it('is read from its parts, and not made anew', async () => {
  const rng = seededRng(1)
  const db = await freshDatabase()
  await write(db, rng, 40)
  const first = await openIndex(db)
  expect(first.states.some(({ state }) => state === 'building')).toBe(true)
  await first.follower.save()
  expect(await db.orderChanges.count()).toBe(0)
  await write(db, rng)
  const second = await openIndex(db)
  expect(second.states).toEqual([])
  await expectRight(second, db, rng)
  db.close()
})
