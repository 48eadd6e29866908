import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionId } from '#core/shared/ids.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { readOrderPage } from '#renderer/data/queries/order-lists.ts'
import { verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { OwnWrites } from '#renderer/sync/own-writes.ts'
import { newConnection } from '#renderer/usecases/connect-shop.ts'
import { setHandlingTime } from '#renderer/usecases/set-handling-time.ts'
import { openTestDesk, remoteOrder, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

const DAY = 86_400_000
const OTHER = '0000000000shop002' as ConnectionId
let desk: TestDesk

const pull = (connectionId: ConnectionId, numbers: readonly number[], change = {}) =>
  inUnit(desk.db, { stores: MERGE_STORES, durability: 'relaxed' }, () => {
    const deps = { ...desk, breathe: () => Promise.resolve(), writes: new OwnWrites() } as never
    return mergeRemoteOrders(
      deps,
      connectionId,
      numbers.map((n) => remoteOrder(n, change)),
    )
  })

beforeEach(async () => {
  desk = await openTestDesk()
  await desk.db.connections.put({
    ...newConnection(OTHER, { connectorId: 'vendure', name: 'Other', settings: {} }, START),
    handlingDays: 7,
  })
})

describe('the handling time of a shop', () => {
  it('is on orders the moment they are pulled, two days where nobody chose', async () => {
    await desk.db.connections
      .where('id')
      .equals(SHOP)
      .modify((connection) => delete connection.handlingDays)
    await pull(SHOP, [1])
    await pull(OTHER, [2])
    const rows = await desk.db.orderRows.toArray()
    expect(rows.map(({ placedAt, shipBy }) => ((shipBy ?? 0) - (placedAt ?? 0)) / DAY).sort()).toEqual([2, 7])
  })

  it('moves the open orders of this shop, rows and sorting too, and leaves what is gone', async () => {
    await pull(
      SHOP,
      Array.from({ length: 620 }, (_, i) => i + 1),
    )
    await pull(SHOP, [700], { status: 'shipped' })
    await pull(OTHER, [1])
    const done = await setHandlingTime(desk, { connectionId: SHOP, handlingDays: 9 })
    expect(done).toEqual({ ok: true, value: { changedOrders: 620 } })
    const { rows } = await readOrderPage(desk.db, { queue: 'blocked', after: null, limit: 1000 })
    expect(rows[0]?.connectionId).toBe(OTHER)
    const mine = rows.filter((row) => row.connectionId === SHOP)
    expect(mine).toHaveLength(620)
    expect(
      mine.every((row) => row.shipBy === (row.placedAt ?? 0) + 9 * DAY && row.sortKey === row.shipBy),
    ).toBe(true)
    const gone = await desk.db.orders.where('[connectionId+remoteId]').equals([SHOP, '700']).first()
    expect(gone?.shipBy).toBe((gone?.placedAt ?? 0) + 2 * DAY)
    expect(await verifyCounters(desk.db)).toEqual([])
    expect(await setHandlingTime(desk, { connectionId: SHOP, handlingDays: 9 })).toMatchObject({
      value: { changedOrders: 0 },
    })
  })

  it('refuses what is no number of days, and a shop that is not there', async () => {
    for (const handlingDays of [-1, 1.5, 31])
      expect(await setHandlingTime(desk, { connectionId: SHOP, handlingDays })).toMatchObject({
        error: { reason: 'handling-days-invalid' },
      })
    const gone = await setHandlingTime(desk, { connectionId: 'x' as ConnectionId, handlingDays: 1 })
    expect(gone).toMatchObject({ error: { code: 'not-found', reason: 'connection' } })
  })

  it('is all there or not at all', async () => {
    await pull(SHOP, [1, 2])
    const before = await desk.db.orderRows.toArray()
    desk.now = () => {
      throw new Error('broke off')
    }
    await expect(setHandlingTime(desk, { connectionId: SHOP, handlingDays: 5 })).rejects.toThrow()
    expect(await desk.db.orderRows.toArray()).toEqual(before)
    expect(await desk.db.connections.get(SHOP)).toMatchObject({ handlingDays: 2 })
  })
})
