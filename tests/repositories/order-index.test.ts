import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { FACETS, plainQuery, type OrderQuery } from '#core/order/order-query.ts'
import type { Order } from '#core/order/order.ts'
import type { ConnectionId, OrderId } from '#core/shared/ids.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { LAST_CHANGE } from '#renderer/data/repos/order-changes.repo.ts'
import { forgetOrders, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { idsFound, openIndex, type IndexDesk } from '#tests/support/index-desk.ts'
import { madeOrder } from '#tests/support/made-orders.ts'
import { expectedIds, facetValues, fits, madeQuery } from '#tests/support/order-lists.ts'
import { newConnection } from '#renderer/usecases/connect-shop.ts'
import type { StoredProduct } from '#renderer/data/records.ts'
import { freshDatabase, START } from '#tests/support/test-desk.ts'

async function openDesk(): Promise<CaravelDatabase> {
  const db = await freshDatabase()
  const shop = (id: string, name: string) =>
    newConnection(id as ConnectionId, { connectorId: 'vendure', name, settings: {} }, 0)
  await db.connections.bulkPut([shop('shop-a', 'South'), shop('shop-b', 'Far north'), shop('shop-c', '')])
  await db.products.put({ id: 'p', sku: 'CUP', barcodes: ['4006381333931'], incomplete: 0 } as StoredProduct)
  return db
}

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

function wasBuilt({ states }: IndexDesk): boolean {
  expect(states.at(-1)?.state).toBe('ready')
  return states.some(({ state }) => state === 'building')
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

it.each(Array.from({ length: 8 }, (_, seed) => seed + 1))(
  'answers as the rows do, whatever happened: history %i',
  async (seed) => {
    const rng = seededRng(seed)
    const db = await openDesk()
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
  expect(wasBuilt(first)).toBe(true)
  await first.follower.save()
  expect(await db.orderChanges.count()).toBe(0)
  await write(db, rng)
  const second = await openIndex(db)
  expect(wasBuilt(second)).toBe(false)
  await expectRight(second, db, rng)
  db.close()
})

it('finds the orders of a barcode that has no digit in it', async () => {
  const db = await openDesk()
  await db.products.update('p', { barcodes: ['4006381333931', 'QWXYZ'] })
  await write(db, seededRng(5), 40)
  const desk = await openIndex(db)
  const found = async (text: string) => [...(await idsFound(desk, { ...plainQuery('all'), text }))].sort()
  const bySku = await found('sku:CUP')
  expect(bySku.length).toBeGreaterThan(0)
  expect(await found('qwxyz')).toEqual(bySku)
  expect(await found('4006381333931')).toEqual(bySku)
  db.close()
})

describe('what is damaged', () => {
  async function built(seed = 3): Promise<{ db: CaravelDatabase; desk: IndexDesk; rng: () => number }> {
    const rng = seededRng(seed)
    const db = await openDesk()
    await write(db, rng, 40)
    const desk = await openIndex(db)
    await desk.follower.save()
    return { db, desk, rng }
  }

  it('makes the index anew when a part is not what was written, or is gone', async () => {
    const { db, rng } = await built()
    for (const { key, bytes } of await db.indexParts.toArray()) {
      const broken = bytes.slice()
      broken[broken.length >> 1]! ^= 4
      for (const harm of [
        () => db.indexParts.put({ key, bytes: broken }),
        () => db.indexParts.put({ key, bytes: bytes.slice(0, -4) }),
        () => db.indexParts.delete(key),
      ]) {
        await harm()
        const desk = await openIndex(db)
        expect(wasBuilt(desk), key).toBe(true)
        await expectRight(desk, db, rng)
        await db.indexParts.put({ key, bytes })
      }
    }
    expect(wasBuilt(await openIndex(db))).toBe(false)
    db.close()
  })

  it('is of no use when the store is another one by now, or notes are missing', async () => {
    const { db, desk, rng } = await built()
    await write(db, rng)
    await write(db, rng)
    await db.orderChanges.delete((await db.orderChanges.toCollection().primaryKeys())[0]!)
    await desk.follower.catchUp()
    await expectRight(desk, db, rng)
    await db.counters.put({ key: LAST_CHANGE, count: 0 })
    await db.orderRows.clear()
    await desk.follower.catchUp()
    await expectRight(desk, db, rng)
    db.close()
  })

  it('is found in the background: rows that changed, came or went without a word', async () => {
    const { db, desk, rng } = await built()
    const other = await openIndex(db)
    const rows = await db.orderRows.toArray()
    await db.orderRows.put({ ...rows[0]!, tags: ['gift', 'fragile'] })
    await db.orderRows.put({ ...rows[1]!, lines: [] })
    await db.orderRows.put({ ...rows[2]!, id: '99999999999999999' as OrderId })
    await db.orderRows.delete(rows[3]!.id)
    while (!(await desk.follower.checkNext(true))) continue
    await expectRight(desk, db, rng)
    await other.follower.catchUp()
    await expectRight(other, db, rng)
    db.close()
  })

  it('is put right by a worker that does not lead only in its own memory', async () => {
    const { db, desk, rng } = await built()
    const [row] = await db.orderRows.toArray()
    await db.orderRows.put({ ...row!, country: 'XX' })
    await db.counters.put({ key: 'all', count: 1_000 })
    while (!(await desk.follower.checkNext(false))) continue
    await expectRight(desk, db, rng)
    expect(await db.orderChanges.count()).toBe(0)
    expect((await db.counters.get('all'))?.count).toBe(1_000)
    db.close()
  })

  it('is a count: it is held against the columns and put right, those of listings are left alone', async () => {
    const { db, desk } = await built()
    const before = await db.counters.toArray()
    await db.counters.put({ key: 'to_ship', count: -3 })
    await db.counters.put({ key: 'shop-a:all', count: 7 })
    await db.counters.put({ key: 'ghost', count: 1 })
    await db.counters.put({ key: 'shop-a:listings.all', count: 5 })
    while (!(await desk.follower.checkNext(true))) continue
    const all = await db.counters.toArray()
    expect(all.filter(({ key }) => !['ghost', 'shop-a:listings.all'].includes(key))).toEqual(before)
    expect(all.find(({ key }) => key === 'ghost')?.count).toBe(0)
    expect(all.find(({ key }) => key === 'shop-a:listings.all')?.count).toBe(5)
    db.close()
  })
})

describe('a list that is open', () => {
  async function opened(query: OrderQuery) {
    const rng = seededRng(5)
    const db = await openDesk()
    const desk = await openIndex(db)
    const put = (orders: Order[]) =>
      inUnit(db, { stores: STORES, durability: 'relaxed' }, () => saveOrders(db, orders))
    const order = (n: number, change: Partial<Order> = {}): Order => ({
      ...madeOrder(String(n).padStart(17, '0'), rng),
      ...{ stage: 'to_ship', blocked: null, shipBy: START + n * 1_000, placedAt: START },
      ...change,
    })
    await put([1, 2, 3, 4, 5].map((n) => order(n)))
    await desk.follower.catchUp()
    const state = await desk.index.open(query)
    const ids = () => desk.index.window(state.view, 0, 100).ids.map(Number)
    return { ...{ db, desk, put, order, ids, state }, view: state.view }
  }

  it('lets go at once, counts what is new, and moves nothing until it is told to', async () => {
    const { desk, put, order, ids, view, db } = await opened(plainQuery('to_ship'))
    expect(ids()).toEqual([1, 2, 3, 4, 5])
    await put([order(2, { stage: 'shipped' }), order(4, { shipBy: START }), order(6), order(0)])
    await desk.follower.catchUp()
    expect(ids()).toEqual([1, 3, 4, 5])
    expect(desk.heard).toEqual([{ view, count: 4, fresh: 2, version: 2 }])
    expect(desk.index.window(view, 1, 2).range).toBeNull()
    expect(desk.index.placeOf(view, '00000000000000004' as OrderId)).toBe(2)
    expect(desk.index.placeOf(view, '00000000000000006' as OrderId)).toBe(-1)
    expect(await desk.index.letIn(view)).toEqual({ view, count: 6, fresh: 0, version: 3 })
    expect(ids()).toEqual([0, 4, 1, 3, 5, 6])
    const { range } = desk.index.window(view, 1, 3)
    const page = await db.orderRows
      .where('[queue+sortKey+id]')
      .between(['to_ship', ...range![0]], ['to_ship', ...range![1]], true, true)
      .primaryKeys()
    expect(page.map(Number)).toEqual([4, 1, 3])
    db.close()
  })

  it('has an order again that was gone and came back as it was', async () => {
    const { desk, put, ids, view, db } = await opened(plainQuery('to_ship'))
    const id = '00000000000000002' as OrderId
    const before = (await db.orders.get(id))!
    await inUnit(db, { stores: STORES, durability: 'relaxed' }, async () => {
      await forgetOrders(db, before.connectionId, 100)
    })
    await desk.follower.catchUp()
    expect(ids()).not.toContain(2)
    await put([before])
    await desk.follower.catchUp()
    await desk.index.letIn(view)
    expect(ids()).toContain(2)
    db.close()
  })

  it('gives an order that comes back its place again, without a word of new ones', async () => {
    const { desk, put, order, ids, view, db } = await opened(plainQuery('to_ship'))
    const held = { held: true, blocked: 'held' } as const
    await put([order(2, held), order(4, held), order(6)])
    await desk.follower.catchUp()
    expect([ids(), desk.heard.at(-1)]).toMatchObject([[1, 3, 5], { count: 3, fresh: 1 }])
    await put([order(4), order(6, held)])
    await desk.follower.catchUp()
    expect([ids(), desk.heard.at(-1)]).toMatchObject([[1, 3, 4, 5], { count: 4, fresh: 0 }])
    await put([order(2, { shipBy: START + 90 * 24 * 3_600_000 })])
    await desk.follower.catchUp()
    expect([ids(), desk.heard.at(-1)]).toMatchObject([[1, 2, 3, 4, 5], { fresh: 0 }])
    expect(desk.index.window(view, 0, 9).range).toBeNull()
    await desk.index.letIn(view)
    expect(ids()).toEqual([1, 3, 4, 5, 2])
    db.close()
  })

  it('lets in what is new by itself while nobody works in it', async () => {
    const { desk, put, order, ids, view, db } = await opened(plainQuery('to_ship'))
    await desk.index.letIn(view, true)
    await put([order(6), order(5, { shipBy: START })])
    await desk.follower.catchUp()
    expect(ids()).toEqual([5, 1, 2, 3, 4, 6])
    await desk.index.letIn(view, false)
    await put([order(7)])
    await desk.follower.catchUp()
    expect(desk.heard.at(-1)).toMatchObject({ count: 6, fresh: 1 })
    db.close()
  })

  it('keeps a search up: what gets its words is fresh, what loses them leaves', async () => {
    const query = { ...plainQuery('all'), text: '"ring of" -broken' }
    const { desk, put, order, ids, view, db } = await opened(query)
    const buyer = (n: number, buyerName: string) => order(n, { buyerName, shipTo: null })
    await put([buyer(1, 'Ring of Kerry'), buyer(2, 'Ring or of'), buyer(3, 'Broken ring of')])
    await desk.follower.catchUp()
    expect(desk.heard.at(-1)).toMatchObject({ count: 0, fresh: 1 })
    await desk.index.letIn(view)
    expect(ids()).toEqual([1])
    await put([buyer(1, 'Kerry')])
    await desk.follower.catchUp()
    expect(ids()).toEqual([])
    db.close()
  })

  it('names the orders of a selection as it is then, and none of a list that was closed', async () => {
    const { desk, view, db } = await opened(plainQuery('to_ship'))
    const id = (n: number) => String(n).padStart(17, '0') as OrderId
    expect(await desk.index.idsOf({ view, except: [id(2), id(4)] })).toEqual([id(1), id(3), id(5)])
    expect(await desk.index.idsOf({ ids: [id(9)] })).toEqual([id(9)])
    desk.index.close(view)
    expect(await desk.index.idsOf({ view, except: [] })).toBeNull()
    expect(desk.index.window(view, 0, 9).ids).toEqual([])
    db.close()
  })
})

it('counts what each value of a facet would leave, its own choice left out', async () => {
  const rng = seededRng(9)
  const db = await openDesk()
  for (let i = 0; i < 8; i++) await write(db, rng, 60, 300)
  const desk = await openIndex(db)
  const rows = await db.orderRows.toArray()
  for (let i = 0; i < 40; i++) {
    const query = madeQuery(rng)
    const { view } = await desk.index.open(query)
    const counts = await desk.index.facets(view, FACETS)
    for (const facet of FACETS) {
      const others = { ...query, filters: { ...query.filters, [facet]: [] } }
      const expected = new Map<string, number>()
      for (const value of query.filters[facet] ?? []) expected.set(value, 0)
      for (const row of rows.filter((each) => fits(each, others)))
        for (const value of facetValues(row, facet)) expected.set(value, (expected.get(value) ?? 0) + 1)
      const found = counts[facet]!.map(({ value, count }) => [value, count] as const)
      expect(new Map(found), `${facet} of ${JSON.stringify(query)}`).toEqual(expected)
      const sizes = found.map(([value, count]) =>
        (query.filters[facet] ?? []).includes(value) ? null : count,
      )
      const plain = sizes.filter((size) => size !== null)
      expect(plain).toEqual([...plain].sort((a, b) => b - a))
    }
    desk.index.close(view)
  }
  db.close()
})
