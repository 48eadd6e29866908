import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadJudging } from '#renderer/data/repos/judging.repo.ts'
import { verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { loadDesk } from '#renderer/data/repos/settings.repo.ts'
import { readQueueCounts } from '#renderer/data/queries/order-lists.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { editProductCustoms, undoProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { finishJudging } from '#renderer/usecases/finish-judging.ts'
import { saveSettings } from '#renderer/usecases/save-settings.ts'
import { takeBuiltInRules } from '#renderer/usecases/take-rules.ts'
import { failAtWrite } from '#tests/support/fail-at-write.ts'
import { MUG, openTestDesk, remoteOrder, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

/** More than two pages of one product, and more than one of all orders. */
const ORDERS = 510
const FIX = { sku: 'MUG', customs: { origin: 'CN' } }
let desk: TestDesk

/** Desks with open orders that nothing but the origin of their product is missing from; they are made once per crash. */
async function open(count = ORDERS): Promise<void> {
  desk = await openTestDesk()
  await editProductCustoms(desk, { sku: 'MUG', customs: { ...MUG, origin: '' } })
  const orders = Array.from({ length: count }, (_, i) => remoteOrder(i + 1))
  await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(desk as never, SHOP, orders),
  )
}

async function openOrders(): Promise<[blocked: number, toShip: number]> {
  const { blocked, to_ship } = await readQueueCounts(desk.db)
  return [blocked, to_ship]
}

/** Kills `change` at each of its writes in turn. What holds afterwards must hold for all orders, once the app has started again. */
async function killAtEach(change: () => Promise<unknown>, changed: () => Promise<boolean>): Promise<number> {
  let cutOff = 0
  for (let at = 1; ; at++) {
    await open()
    const killed = await failAtWrite(desk, at, change)
    const [blocked, toShip] = await openOrders()
    if (blocked > 0 && toShip > 0) cutOff++
    await finishJudging(desk)
    expect(await openOrders(), `killed at write ${at}`).toEqual((await changed()) ? [0, ORDERS] : [ORDERS, 0])
    expect([await loadJudging(desk.db), await verifyCounters(desk.db)]).toEqual([[], []])
    if (!killed) return cutOff
  }
}

describe('facts of a product that change', () => {
  const isFixed = async () => (await desk.db.products.toArray())[0]?.customs.origin === 'CN'

  it('hold for every order with it, wherever the app is killed', async () => {
    expect(await killAtEach(() => editProductCustoms(desk, FIX), isFixed)).toBeGreaterThan(2)
  })

  it('hold for every order with it when the app is killed while they are taken back', async () => {
    const cancel = async () => {
      const stop = new AbortController()
      const onProgress = () => stop.abort()
      await editProductCustoms(desk, FIX, { signal: stop.signal, onProgress })
    }
    expect(await killAtEach(cancel, isFixed)).toBeGreaterThan(2)
  })
})

describe('what holds for all goods', () => {
  const customs = { trusted: {}, handling: false, travels: null, schemes: {}, defaults: { origin: 'CN' } }

  it('holds for every open order, wherever the app is killed', async () => {
    const cutOff = await killAtEach(
      () => saveSettings(desk, { patch: { customs } }),
      async () => (await loadDesk(desk.db)).customs.defaults?.origin === 'CN',
    )
    expect(cutOff).toBeGreaterThan(0)
  })
})

describe('judging that was begun', () => {
  beforeEach(() => open(3))

  it('is named until its last order is judged, each change of facts once', async () => {
    expect(await loadJudging(desk.db)).toEqual([])
    const fixed = await editProductCustoms(desk, FIX)
    if (fixed.ok) await undoProductCustoms(desk, fixed.value)
    await takeBuiltInRules(desk)
    expect(await loadJudging(desk.db)).toEqual([])
  })

  it('is done for all orders when nobody can read what was begun', async () => {
    await editProductCustoms(desk, { sku: 'CUP', customs: MUG })
    const product = await desk.db.products.where('sku').equals('MUG').first()
    if (product === undefined) throw new Error('no product')
    await desk.db.products.put({ ...product, customs: MUG })
    await desk.db.settings.put({ key: 'judging', value: 'torn' as never })
    await finishJudging(desk)
    expect([await openOrders(), await desk.db.settings.get('judging')]).toEqual([[0, 3], undefined])
  })
})
