import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { clockStates, DEFAULT_NO_SCAN_DAYS } from '#core/order/clock.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { tellDemoPast } from '#renderer/usecases/tell-demo-past.ts'
import { openTestDesk, remoteOrder, SHOP, START } from '#tests/support/test-desk.ts'

const DAY = 86_400_000

it('a few parcels of the demo left days ago without a word since; told once, when all shops were read', async () => {
  const desk = await openTestDesk()
  const orders = Array.from({ length: 12 }, (_, n) =>
    remoteOrder(n + 1, { placedAt: START - n * DAY, status: n < 2 ? 'to_ship' : 'shipped' }),
  )
  await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(desk as never, SHOP, orders),
  )
  await desk.db.connections.update(SHOP, { lastSuccessAt: null })
  expect(await tellDemoPast(desk)).toBe(false)
  await desk.db.connections.update(SHOP, { lastSuccessAt: START })
  const silent = async () => {
    const rows = await desk.db.orderRows.toArray()
    const settings = { noScanDays: DEFAULT_NO_SCAN_DAYS }
    const found = rows.filter((row) => clockStates(row, START, settings).includes('no-scan'))
    return found.map(({ number }) => number).sort()
  }
  expect(await silent()).toEqual([])
  expect(await tellDemoPast(desk)).toBe(true)
  expect(await silent()).toEqual(['A-1007', 'A-1008', 'A-1009', 'A-1010'])
  const before = await desk.db.orders.toArray()
  expect(await tellDemoPast(desk)).toBe(true)
  expect(await desk.db.orders.toArray()).toEqual(before)
  expect(await verifyCounters(desk.db)).toEqual([])
})
