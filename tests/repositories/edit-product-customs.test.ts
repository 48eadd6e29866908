import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CustomsFinding } from '#core/customs/finding.ts'
import { purgeOrder } from '#core/order/purge-order.ts'
import { readQueueCounts } from '#renderer/data/queries/order-lists.ts'
import { orderSchema } from '#renderer/data/stored-schemas.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { editProductCustoms, undoProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { ignoreFinding, takeBackIgnored } from '#renderer/usecases/ignore-finding.ts'
import type { JudgeProgress } from '#renderer/usecases/judge-by-product.ts'
import { saveSettings } from '#renderer/usecases/save-settings.ts'
import { MUG, openTestDesk, remoteOrder, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

const ORDERS = 450
let desk: TestDesk

async function open(count: number): Promise<void> {
  desk = await openTestDesk()
  await editProductCustoms(desk, { sku: 'MUG', customs: { ...MUG, origin: '' } })
  await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(
      desk as never,
      SHOP,
      Array.from({ length: count }, (_, i) => remoteOrder(i + 1)),
    ),
  )
}
const counts = async () => {
  const { blocked, to_ship } = await readQueueCounts(desk.db)
  return { blocked, to_ship }
}

describe('editProductCustoms', () => {
  beforeEach(() => open(ORDERS))

  it('frees every open order with one fact, page by page, and takes it back as one step', async () => {
    expect(await counts()).toEqual({ blocked: ORDERS, to_ship: 0 })
    const seen: JudgeProgress[] = []
    const fix = { sku: 'MUG', customs: { origin: 'CN' } }
    const fixed = await editProductCustoms(desk, fix, { onProgress: (progress) => seen.push(progress) })
    expect(fixed).toMatchObject({
      ok: true,
      value: { changedOrders: ORDERS, freedOrders: ORDERS, after: MUG },
    })
    expect(seen.map(({ done }) => done)).toEqual([200, 400, 450])
    expect(await counts()).toEqual({ blocked: 0, to_ship: ORDERS })
    if (!fixed.ok) return
    expect(await undoProductCustoms(desk, fixed.value)).toEqual({
      ok: true,
      value: { changedOrders: ORDERS },
    })
    expect(await counts()).toEqual({ blocked: ORDERS, to_ship: 0 })
  })

  it('leaves everything as it was when it is cancelled', async () => {
    const cancel = new AbortController()
    const fix = { sku: 'MUG', customs: { origin: 'CN' } }
    const cancelled = await editProductCustoms(desk, fix, {
      ...{ signal: cancel.signal, onProgress: () => cancel.abort() },
    })
    expect(cancelled).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(await counts()).toEqual({ blocked: ORDERS, to_ship: 0 })
    expect((await desk.db.products.toArray())[0]?.customs.origin).toBe('')
  })
})

describe('on one order', () => {
  beforeEach(() => open(1))

  it('takes back nothing that somebody has changed since, and refuses what is no fact', async () => {
    const fixed = await editProductCustoms(desk, { sku: 'MUG', customs: { origin: 'CN' } })
    await editProductCustoms(desk, { sku: 'MUG', customs: { ...MUG, origin: 'VN' } })
    expect(fixed.ok && (await undoProductCustoms(desk, fixed.value))).toMatchObject({
      error: { code: 'conflict', reason: 'product-changed' },
    })
    expect(await editProductCustoms(desk, { sku: 'MUG', customs: { unitNetGrams: -1 } })).toMatchObject({
      error: { reason: 'customs-invalid' },
    })
  })

  it('is judged by what holds for all goods of the desk', async () => {
    const customs = { trusted: {}, handling: false, travels: null, schemes: {}, defaults: { origin: 'CN' } }
    expect(await counts()).toEqual({ blocked: 1, to_ship: 0 })
    await saveSettings(desk, { patch: { customs } })
    expect(await counts()).toEqual({ blocked: 0, to_ship: 1 })
  })

  it('lets a vague description pass with a reason, until that is taken back', async () => {
    await editProductCustoms(desk, { sku: 'MUG', customs: { ...MUG, description: 'Gift' } })
    const [order] = await desk.db.orders.toArray()
    if (order === undefined) throw new Error('no order')
    expect(order.blockedDetail?.reason).toBe('description-vague')
    const finding: CustomsFinding = {
      ...{ id: 'description', severity: 'error', field: order.blockedField, detail: '' },
      reason: 'description-vague',
    }
    const input = { orderId: order.id, finding, why: ' Agreed with the post ' }
    expect(await ignoreFinding(desk, { ...input, why: ' ' })).toMatchObject({
      error: { reason: 'why-missing' },
    })
    const missing = { ...finding, reason: 'origin-missing' }
    expect(await ignoreFinding(desk, { ...input, finding: missing })).toMatchObject({
      error: { reason: 'finding-not-ignorable' },
    })
    const ignored = await ignoreFinding(desk, input)
    if (!ignored.ok) throw new Error(ignored.error.reason)
    const [note] = ignored.value.ignored ?? []
    expect(note).toMatchObject({ sku: 'MUG', why: 'Agreed with the post', at: desk.at.now })
    expect(ignored.value.blocked).toBeNull()
    expect(orderSchema.parse(ignored.value).ignored).toEqual([note])
    expect(purgeOrder(ignored.value, 1).ignored?.[0]?.why).toBe('')
    if (note === undefined) return
    const again = await takeBackIgnored(desk, { orderId: order.id, ignored: note })
    expect(again).toMatchObject({ ok: true, value: { blockedField: 'lines.0.customs.description' } })
    expect(again.ok && again.value.ignored).toBeUndefined()
  })
})
