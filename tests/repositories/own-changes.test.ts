import 'fake-indexeddb/auto'
import { beforeEach, expect, it, vi } from 'vitest'
import { seededRng } from '#core/shared/seeded-rng.ts'
import { CaravelDatabase } from '#renderer/data/database.ts'
import { OwnChanges } from '#renderer/data/order-index/own-changes.ts'
import { readChanges } from '#renderer/data/order-index/read-changes.ts'
import { forgetOrders, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { madeOrder } from '#tests/support/made-orders.ts'
import { freshDatabase } from '#tests/support/test-desk.ts'

const rng = seededRng(11)
const STORES = [...(['orders', 'orderRows', 'orderChanges', 'counters', 'shadows', 'conflicts'] as const)]
const orderOf = (n: number) => madeOrder(String(n).padStart(17, '0'), rng)

let db: CaravelDatabase
/** The same store, as another thread has it open. */
let other: CaravelDatabase

beforeEach(async () => {
  db = await freshDatabase()
  db.ownChanges = new OwnChanges()
  other = new CaravelDatabase(db.name)
  await other.open()
  return () => {
    db.close()
    other.close()
  }
})

function write(to: CaravelDatabase, orders: Parameters<typeof saveOrders>[1]): Promise<void> {
  return inUnit(to, { stores: STORES, durability: 'relaxed' }, () => saveOrders(to, orders))
}

it('knows what its own thread wrote without asking the store, until it is taken over', async () => {
  const orders = [orderOf(1), orderOf(2)]
  await write(db, orders)
  const asked = vi.spyOn(db.orderRows, 'bulkGet')
  const found = await readChanges(db, 0)
  expect(asked.mock.calls.flatMap(([ids]) => ids)).toEqual([])
  expect(found).toEqual({
    ...{ seq: 1, isLast: true, ids: orders.map(({ id }) => id) },
    rows: await db.orderRows.bulkGet(orders.map(({ id }) => id)),
  })
  db.ownChanges?.forget(1)
  asked.mockClear()
  expect(await readChanges(db, 0)).toEqual(found)
  expect(asked.mock.calls.flatMap(([ids]) => ids)).toEqual(orders.map(({ id }) => id))
})

it('forgets a unit that was undone, whose number another thread is given', async () => {
  const [undone, written] = [orderOf(1), orderOf(2)]
  const unit = inUnit(db, { stores: STORES, durability: 'relaxed' }, async () => {
    await saveOrders(db, [undone])
    throw new Error('undone')
  })
  await expect(unit).rejects.toThrow('undone')
  await write(other, [{ ...undone, note: 'theirs' }, written])
  const found = await readChanges(db, 0)
  expect(found).toMatchObject({ seq: 1, ids: [undone.id, written.id] })
  expect(found?.rows).toEqual(await other.orderRows.bulkGet([undone.id, written.id]))
})

it('takes the last change of an order, whoever made it', async () => {
  const order = orderOf(1)
  const theirs = { ...order, tags: ['theirs'] }
  await write(db, [order])
  await write(other, [theirs])
  expect((await readChanges(db, 0))?.rows).toMatchObject([{ tags: ['theirs'] }])
  await write(db, [{ ...order, tags: ['ours'] }])
  expect((await readChanges(db, 0))?.rows).toMatchObject([{ tags: ['ours'] }])
  await inUnit(db, { stores: STORES, durability: 'relaxed' }, () => forgetOrders(db, order.connectionId, 10))
  expect(await readChanges(db, 0)).toMatchObject({ seq: 4, ids: [order.id], rows: [undefined] })
})
