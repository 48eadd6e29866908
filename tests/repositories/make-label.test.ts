import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OrderId, PoolId } from '#core/shared/ids.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { readOrder, isOrderDetail } from '#renderer/data/queries/order-detail.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { editCustoms } from '#renderer/usecases/edit-customs.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { handOver } from '#renderer/usecases/hand-over.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { saveSettings } from '#renderer/usecases/save-settings.ts'
import { undoHandOver } from '#renderer/usecases/undo-hand-over.ts'
import { voidLabel } from '#renderer/usecases/void-label.ts'
import {
  BUYER,
  MUG,
  openTestDesk,
  remoteOrder,
  SENDER,
  SHOP,
  type TestDesk,
} from '#tests/support/test-desk.ts'
import { failAtWrite } from '#tests/support/fail-at-write.ts'

let desk: TestDesk
let orderId: OrderId
let poolId: PoolId

async function receive(ctx: TestDesk, n: number, change = {}): Promise<OrderId> {
  await inUnit(ctx.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(ctx as never, SHOP, [remoteOrder(n, change)]),
  )
  const stored = await ctx.db.orders
    .where('[connectionId+remoteId]')
    .equals([SHOP, String(n)])
    .first()
  return stored?.id as OrderId
}

async function setUp(): Promise<void> {
  desk = await openTestDesk()
  await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
  orderId = await receive(desk, 1)
  poolId = (await desk.db.pools.toArray())[0]?.id as PoolId
}

const input = () => ({ orderId, poolId, grossGrams: 900 })
const numbersGiven = async () =>
  (await desk.db.pools.toArray()).reduce((sum, { next, from }) => sum + next - from, 0)

beforeEach(setUp)

describe('makeLabel', () => {
  it('spends one number, stores bytes and puts the order in label ready', async () => {
    const made = await makeLabel(desk, input())
    expect(made).toMatchObject({
      ok: true,
      value: { shipment: { state: 'label_stored', trackingNumber: 'RR473124829CN' } },
    })
    const detail = await readOrder(desk.db, orderId)
    if (!isOrderDetail(detail)) throw new Error('no detail')
    expect(detail.order).toMatchObject({
      stage: 'label_ready',
      trackingNumber: 'RR473124829CN',
      blocked: null,
    })
    expect(detail.documents).toHaveLength(1)
    expect(detail.shipment?.declaration?.lines).toHaveLength(1)
  })

  it('gives the stored label back when called again', async () => {
    const [once, again] = [await makeLabel(desk, input()), await makeLabel(desk, input())]
    expect(again).toEqual(once)
    expect(await numbersGiven()).toBe(1)
  })

  it('spends one number when called twice at once', async () => {
    const both = await Promise.all([makeLabel(desk, input()), makeLabel(desk, input())])
    expect(both.map((made) => made.ok)).toEqual([true, true])
    expect(await desk.db.shipments.count()).toBe(1)
    expect(await desk.db.documents.count()).toBe(1)
  })

  it('names the fields at fault and spends nothing', async () => {
    await editProductCustoms(desk, { sku: 'MUG', customs: { ...MUG, hs6: '', origin: '' } })
    await saveSettings(desk, { patch: { sender: { ...SENDER, city: '' }, signer: '' } })
    const made = await makeLabel(desk, { ...input(), grossGrams: 0 })
    const fields = made.ok ? [] : made.error.map(({ field }) => field)
    expect(fields).toEqual(
      expect.arrayContaining([
        'lines.0.customs.hs6',
        'lines.0.customs.origin',
        'sender.city',
        'signer',
        'grossGrams',
      ]),
    )
    expect(await numbersGiven()).toBe(0)
  })

  it('refuses a blocked order, an empty pool, and bytes that are not what main said', async () => {
    const cancelled = await receive(desk, 2, { status: 'cancel_requested' })
    expect(await makeLabel(desk, { ...input(), orderId: cancelled })).toMatchObject({
      ok: false,
      error: [{ code: 'conflict', reason: 'blocked' }],
    })
    const pool = await desk.db.pools.get(poolId)
    await desk.db.pools.update(poolId, { next: (pool?.to ?? 0) + 1 })
    expect(await makeLabel(desk, input())).toMatchObject({
      ok: false,
      error: [{ code: 'not-found', reason: 'pool-empty' }],
    })
    await desk.db.pools.update(poolId, { next: pool?.from ?? 0 })
    desk.host['documents.render'] = () =>
      Promise.resolve(ok({ bytes: new Uint8Array([1]), sha256: 'f'.repeat(64), pages: [1], refused: [] }))
    expect(await makeLabel(desk, input())).toMatchObject({ ok: false, error: [{ reason: 'label-bytes' }] })
    expect((await desk.db.orders.get(orderId))?.stage).toBe('to_ship')
  })

  it('skips numbers that a shipment already has, e.g. after a restore', async () => {
    await makeLabel(desk, input())
    const pool = await desk.db.pools.get(poolId)
    await desk.db.pools.update(poolId, { next: pool?.from ?? 0 })
    const made = await makeLabel(desk, { ...input(), orderId: await receive(desk, 3) })
    expect(made).toMatchObject({ ok: true, value: { shipment: { trackingNumber: 'RR473124832CN' } } })
  })

  it('takes the number of an attempt that main did not finish', async () => {
    const render = desk.host['documents.render']
    desk.host['documents.render'] = () => Promise.resolve(err(issue('outcome-unknown')))
    await makeLabel(desk, input())
    desk.host['documents.render'] = render
    expect(await makeLabel(desk, { ...input(), grossGrams: 950 })).toMatchObject({
      ok: true,
      value: { shipment: { grossGrams: 950, trackingNumber: 'RR473124829CN' } },
    })
    expect(await numbersGiven()).toBe(1)
  })

  it('survives a crash at every write and every call: one number, one shipment, one label', async () => {
    for (let at = 1; ; at++) {
      await setUp()
      const crashed = await failAtWrite(desk, at, () => makeLabel(desk, input()))
      const again = await makeLabel(desk, input())
      expect(again.ok, `after a crash at write ${at}`).toBe(true)
      expect(await numbersGiven()).toBe(1)
      expect(await desk.db.shipments.count()).toBe(1)
      expect(await desk.db.documents.count()).toBe(1)
      expect((await desk.db.orders.get(orderId))?.stage).toBe('label_ready')
      if (!crashed) return expect(at).toBeGreaterThan(8)
    }
  })

  it('never uses a voided number again', async () => {
    await makeLabel(desk, input())
    expect(await voidLabel(desk, { orderId })).toMatchObject({
      ok: true,
      value: { state: 'voided', order: { stage: 'to_ship', trackingNumber: '' } },
    })
    const made = await makeLabel(desk, input())
    expect(made).toMatchObject({ ok: true, value: { shipment: { trackingNumber: 'RR473124832CN' } } })
  })
})

describe('handOver', () => {
  beforeEach(async () => {
    await makeLabel(desk, input())
  })

  it('changes shipment, stage and outbox together, once', async () => {
    await handOver(desk, { orderIds: [orderId, orderId] })
    await handOver(desk, { orderIds: [orderId] })
    expect(await desk.db.outbox.toArray()).toMatchObject([
      {
        kind: 'confirm-shipment',
        state: 'queued',
        payload: { orderRemoteId: '1', trackingNumber: 'RR473124829CN', carrier: 'Registered packet' },
      },
    ])
    expect((await desk.db.orders.get(orderId))?.stage).toBe('handed_over')
  })

  it('survives a crash at every write with exactly one outbox row', async () => {
    for (let at = 1; ; at++) {
      await setUp()
      await makeLabel(desk, input())
      const crashed = await failAtWrite(desk, at, () => handOver(desk, { orderIds: [orderId] }))
      expect(await handOver(desk, { orderIds: [orderId] })).toMatchObject({
        ok: true,
        value: { handedOver: [orderId] },
      })
      expect(await desk.db.outbox.count()).toBe(1)
      expect((await desk.db.shipments.toArray()).map(({ state }) => state)).toEqual(['handed_over'])
      if (!crashed) return
    }
  })

  it('is taken back until it has left, and not afterwards', async () => {
    await handOver(desk, { orderIds: [orderId] })
    expect(await undoHandOver(desk, { orderId })).toMatchObject({ ok: true, value: { stage: 'label_ready' } })
    expect(await desk.db.outbox.count()).toBe(0)
    await handOver(desk, { orderIds: [orderId] })
    const [row] = await desk.db.outbox.toArray()
    await desk.db.outbox.update(row?.id ?? '', { state: 'waiting', inFlight: true })
    expect(await undoHandOver(desk, { orderId })).toMatchObject({
      ok: false,
      error: { reason: 'left-already' },
    })
  })
})

describe('blocked', () => {
  it('is decided anew for every open order when a product changes', async () => {
    const others = [await receive(desk, 2), await receive(desk, 3)]
    await editProductCustoms(desk, { sku: 'MUG', customs: { ...MUG, origin: '' } })
    expect(await desk.db.orders.bulkGet([orderId, ...others])).toMatchObject(
      Array(3).fill({ blocked: 'customs-incomplete', blockedField: 'lines.0.customs.origin' }),
    )
    const fixed = await editCustoms(desk, { orderId, lineId: '1-1', customs: MUG, scope: 'product' })
    expect(fixed).toMatchObject(ok({ product: { changedOrders: 3, freedOrders: 3 } }))
    expect((await desk.db.orders.toArray()).map(({ blocked }) => blocked)).toEqual([null, null, null])
    expect((await desk.db.counters.get('to_ship'))?.count).toBe(3)
  })

  it('is decided anew for this line only when so asked', async () => {
    const other = await receive(desk, 2)
    await editProductCustoms(desk, { sku: 'MUG', customs: { ...MUG, origin: '' } })
    await editCustoms(desk, { orderId, lineId: '1-1', customs: MUG, scope: 'line' })
    expect((await desk.db.orders.get(orderId))?.blocked).toBeNull()
    expect((await desk.db.orders.get(other))?.blocked).toBe('customs-incomplete')
  })

  it('keeps the kept counts right whatever is edited', async () => {
    const { verifyCounters } = await import('#renderer/data/repos/counters.repo.ts')
    const { holdOrder } = await import('#renderer/usecases/hold-order.ts')
    const { editAddress } = await import('#renderer/usecases/edit-address.ts')
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom('hold', 'address', 'customs', 'remote')),
          { maxLength: 12 },
        ),
        async (edits) => {
          for (const [n, what] of edits) {
            const id = await receive(desk, n, what === 'remote' ? { status: 'on_hold' } : {})
            if (what === 'hold') await holdOrder(desk, { orderId: id })
            if (what === 'address') await editAddress(desk, { orderId: id, address: { ...BUYER, city: '' } })
            if (what === 'customs')
              await editProductCustoms(desk, { sku: 'MUG', customs: { ...MUG, origin: n % 2 ? '' : 'CN' } })
          }
          expect(await verifyCounters(desk.db)).toEqual([])
        },
      ),
      { numRuns: 20, seed: 7 },
    )
  })
})
