import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ShopCalendar } from '#core/order/shop-calendar.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { readOrderPage } from '#renderer/data/queries/order-lists.ts'
import { verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { OwnWrites } from '#renderer/sync/own-writes.ts'
import { newConnection } from '#renderer/usecases/connect-shop.ts'
import { setShipByRule } from '#renderer/usecases/set-ship-by-rule.ts'
import { openTestDesk, remoteOrder, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

const DAY = 86_400_000
const OTHER = '0000000000shop002' as ConnectionId
/** 20 November 2026 is a Friday. */
const FRIDAY_EVENING = Date.parse('2026-11-20T19:00-05:00')
const NEW_YORK: ShopCalendar = {
  timeZone: 'America/New_York',
  cutOff: 15 * 60,
  workingDays: [1, 2, 3, 4, 5],
  closedDays: [{ day: '2026-11-24', name: 'Stock-taking' }],
}
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

describe('the ship-by rule of a shop', () => {
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
    const done = await setShipByRule(desk, { connectionId: SHOP, handlingDays: 9, calendar: null })
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
    expect(await setShipByRule(desk, { connectionId: SHOP, handlingDays: 9, calendar: null })).toMatchObject({
      value: { changedOrders: 0 },
    })
  })

  it('with a calendar counts working days in the zone of the shop, for what is pulled and for what is open', async () => {
    await pull(SHOP, [1], { placedAt: FRIDAY_EVENING })
    expect(
      await setShipByRule(desk, { connectionId: SHOP, handlingDays: 1, calendar: NEW_YORK }),
    ).toMatchObject({ value: { changedOrders: 1 } })
    await pull(SHOP, [2], { placedAt: FRIDAY_EVENING })
    const rows = await desk.db.orderRows.toArray()
    // Begins on Monday, is due on Wednesday: Tuesday is closed.
    const wednesday = Date.parse('2026-11-25T15:00-05:00')
    expect(rows.map(({ shipBy, sortKey }) => [shipBy, sortKey])).toEqual(
      Array(2).fill([wednesday, wednesday]),
    )
    const entry = (await desk.db.activity.toArray()).find(({ what }) => what === 'handling-set')
    expect(entry?.changes).toEqual([
      { field: 'handlingDays', from: '2', to: '1' },
      { field: 'timeZone', from: null, to: 'America/New_York' },
      { field: 'cutOff', from: null, to: '15:00' },
      { field: 'workingDays', from: null, to: '1 2 3 4 5' },
      { field: 'closedDays', from: null, to: '1' },
    ])
    await setShipByRule(desk, { connectionId: SHOP, handlingDays: 1, calendar: null })
    expect(await desk.db.connections.get(SHOP)).not.toHaveProperty('calendar')
    const order = await desk.db.orders.toCollection().first()
    expect(order?.shipBy).toBe(FRIDAY_EVENING + DAY)
  })

  it('leaves what the shop promised: it is as the shop said it last', async () => {
    const promise = START + 3 * DAY + 1
    await pull(SHOP, [1], { shipBy: promise })
    const move = (handlingDays: number) =>
      setShipByRule(desk, { connectionId: SHOP, handlingDays, calendar: NEW_YORK })
    expect(await move(5)).toMatchObject({ value: { changedOrders: 0 } })
    await pull(SHOP, [1], { shipBy: promise + DAY, updatedAt: START + 10 * DAY })
    await pull(SHOP, [1], { updatedAt: START + 11 * DAY })
    expect(await move(6)).toMatchObject({ value: { changedOrders: 0 } })
    expect(await desk.db.orderRows.toArray()).toMatchObject([{ shipBy: promise + DAY }])
  })

  it('refuses a calendar that makes no sense, by its field', async () => {
    const faults: [keyof ShopCalendar, ShopCalendar][] = [
      ['timeZone', { ...NEW_YORK, timeZone: 'Mars/Olympus' }],
      ['cutOff', { ...NEW_YORK, cutOff: 1440 }],
      ['workingDays', { ...NEW_YORK, workingDays: [] }],
      ['closedDays', { ...NEW_YORK, closedDays: [{ day: '2026-02-30', name: '' }] }],
    ]
    for (const [field, calendar] of faults)
      expect(await setShipByRule(desk, { connectionId: SHOP, handlingDays: 1, calendar })).toMatchObject({
        error: { reason: 'calendar-invalid', field },
      })
  })

  it('refuses what is no number of days, and a shop that is not there', async () => {
    for (const handlingDays of [-1, 1.5, 31])
      expect(await setShipByRule(desk, { connectionId: SHOP, handlingDays, calendar: null })).toMatchObject({
        error: { reason: 'handling-days-invalid' },
      })
    const gone = await setShipByRule(desk, {
      connectionId: 'x' as ConnectionId,
      handlingDays: 1,
      calendar: null,
    })
    expect(gone).toMatchObject({ error: { code: 'not-found', reason: 'connection' } })
  })

  it('is all there or not at all', async () => {
    await pull(SHOP, [1, 2])
    const before = await desk.db.orderRows.toArray()
    desk.now = () => {
      throw new Error('broke off')
    }
    await expect(
      setShipByRule(desk, { connectionId: SHOP, handlingDays: 5, calendar: null }),
    ).rejects.toThrow()
    expect(await desk.db.orderRows.toArray()).toEqual(before)
    expect(await desk.db.connections.get(SHOP)).toMatchObject({ handlingDays: 2 })
  })
})
