import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import type { OrderId } from '#core/shared/ids.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import { verifyJournal } from '#renderer/data/queries/journal.ts'
import { verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders, type MergeHints } from '#renderer/sync/merge-orders.ts'
import { openTestDesk, remoteOrder, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

const desks: TestDesk[] = []
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.db.delete()
})

async function openDesk(): Promise<TestDesk> {
  const desk = await openTestDesk()
  desks.push(desk)
  return desk
}

function merge(desk: TestDesk, page: readonly RemoteOrder[], hints?: MergeHints) {
  const deps = { ...desk, aliveSince: 0, breathe: () => Promise.resolve() }
  return inUnit(desk.db, { stores: MERGE_STORES, durability: 'relaxed' }, () =>
    mergeRemoteOrders(deps, SHOP, page, hints),
  )
}

const orders = (from: number, to: number, change: Partial<RemoteOrder> = {}) =>
  Array.from({ length: to - from }, (_, i) => remoteOrder(from + i, change))

async function expectInOrder({ db }: TestDesk, count: number): Promise<void> {
  expect(await verifyCounters(db)).toEqual([])
  expect((await verifyJournal(db)).broken).toBeNull()
  for (const table of [db.orders, db.orderRows, db.shadows]) expect(await table.count()).toBe(count)
}

describe('a page of orders', () => {
  it('is written in parts, with everything beside it', async () => {
    const desk = await openDesk()
    expect((await merge(desk, orders(1, 252))).written).toBe(251)
    await expectInOrder(desk, 251)
    const later = { updatedAt: START + 1_000_000, status: 'cancelled' as const }
    expect((await merge(desk, orders(100, 400, later))).written).toBe(300)
    await expectInOrder(desk, 399)
    expect((await desk.db.counters.get('cancelled'))?.count).toBe(300)
  })

  it('counts an order once that is on it twice, however far apart', async () => {
    const desk = await openDesk()
    const page = orders(1, 252)
    const again = remoteOrder(1, { updatedAt: START + 1_000_000, status: 'cancelled' })
    await merge(desk, [...page, again])
    await expectInOrder(desk, 251)
    await merge(desk, [remoteOrder(1, { updatedAt: START + 2_000_000 }), ...orders(2, 252), again])
    await expectInOrder(desk, 251)
    expect((await desk.db.orders.where('[connectionId+remoteId]').equals([SHOP, '1']).first())?.stage).toBe(
      'to_ship',
    )
  })

  it('of a first pull is not looked for, but for what that pull has brought', async () => {
    const desk = await openDesk()
    const here = new Set<string>()
    await merge(desk, orders(1, 11), { here })
    for (let n = 1; n < 11; n++) here.add(String(n))
    await merge(desk, orders(5, 16), { here })
    await expectInOrder(desk, 15)
  })

  it('that is wrongly taken for new is refused as a whole', async () => {
    const desk = await openDesk()
    await merge(desk, orders(1, 3))
    await expect(merge(desk, orders(2, 5), { here: new Set() })).rejects.toThrow()
    await expectInOrder(desk, 2)
  })

  it('is left alone where nothing is new of it and its orders were judged', async () => {
    const desk = await openDesk()
    const { judged } = await merge(desk, orders(1, 4))
    const before = await desk.db.orders.toArray()
    expect(await merge(desk, orders(1, 4), { judged: new Set(judged) })).toEqual({ written: 0, judged: [] })
    expect((await merge(desk, orders(1, 4), { judged: new Set<OrderId>(judged.slice(1)) })).judged).toEqual(
      judged.slice(0, 1),
    )
    expect(await desk.db.orders.toArray()).toEqual(before)
    // Another page of it has news: each of its places counts.
    const news = remoteOrder(2, { updatedAt: START + 1_000_000, status: 'cancelled' })
    const mixed = [remoteOrder(2), remoteOrder(1), news]
    expect((await merge(desk, mixed, { judged: new Set(judged) })).written).toBe(1)
    await expectInOrder(desk, 3)
  })
})
