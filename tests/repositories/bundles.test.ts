import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Contained } from '#core/catalog/product.ts'
import type { OrderId, PoolId } from '#core/shared/ids.ts'
import { readProducts } from '#renderer/data/queries/catalogue.ts'
import { readOrder, isOrderDetail } from '#renderer/data/queries/order-detail.ts'
import { readQueueCounts } from '#renderer/data/queries/order-lists.ts'
import { readWaitingOrders } from '#renderer/data/queries/waiting-orders.ts'
import { loadJudging } from '#renderer/data/repos/judging.repo.ts'
import { productSchema } from '#renderer/data/unsent/kept-schemas.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { editProductContents, undoProductContents } from '#renderer/usecases/edit-product-contents.ts'
import { editProductCustoms, undoProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { finishJudging } from '#renderer/usecases/finish-judging.ts'
import { importProductFacts } from '#renderer/usecases/import-product-facts.ts'
import { lintOpenOrders } from '#renderer/usecases/lint-open-orders.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { MUG, openTestDesk, remoteOrder, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

/** Orders of a product that turns out to be a bundle: what it holds is said, then the facts of its parts. */

const HOLDS: Contained[] = [
  { sku: 'CUP', quantity: 2 },
  { sku: 'LID', quantity: 1 },
]
const CUP = { ...MUG, description: 'Stoneware cup' }
const LID = { ...MUG, description: 'Bamboo lid', hs6: '441990', unitNetGrams: 40 }
let desk: TestDesk

beforeEach(async () => {
  desk = await openTestDesk()
  await pull(1, 2)
})

function pull(...numbers: number[]): Promise<unknown> {
  return inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(
      desk as never,
      SHOP,
      numbers.map((n) => remoteOrder(n)),
    ),
  )
}
const product = (sku: string) => desk.db.products.where('sku').equals(sku).first()
const counts = async () => {
  const { blocked, to_ship } = await readQueueCounts(desk.db)
  return { blocked, to_ship }
}
const rows = () => desk.db.orderRows.toArray()
const holds = (contains: Contained[] = HOLDS, sku = 'MUG') => editProductContents(desk, { sku, contains })
const isDone = { ok: true }

async function known(): Promise<void> {
  expect(await holds()).toMatchObject(isDone)
  await editProductCustoms(desk, { sku: 'CUP', customs: CUP })
  await editProductCustoms(desk, { sku: 'LID', customs: LID })
}

describe('what a product holds', () => {
  it('is kept with everything else, makes records of parts nobody knew, and is in the journal', async () => {
    const before = await product('MUG')
    expect(await holds()).toMatchObject({
      ok: true,
      value: { before: [], after: HOLDS, made: ['CUP', 'LID'] },
    })
    expect(await product('MUG')).toEqual({
      ...before,
      contains: HOLDS,
      incomplete: 2,
      updatedAt: desk.at.now,
    })
    expect(productSchema.parse(await product('MUG')).contains).toEqual(HOLDS)
    const lacking = (await readProducts(desk.db, { onlyIncomplete: true })).map(({ sku }) => sku)
    expect(lacking).toEqual(['CUP', 'LID'])
    const entries = await desk.db.activity.where('entityKey').equals('product:MUG').toArray()
    expect(entries.at(-1)).toMatchObject({
      what: 'product-contents-edited',
      changes: [{ field: 'contains', from: null, to: 'CUP*2; LID*1' }],
    })
    expect(await holds()).toMatchObject({ ok: true, value: { changedOrders: 0 } })
    expect(await desk.db.activity.where('entityKey').equals('product:MUG').count()).toBe(entries.length)
  })

  it('is refused where a bundle would lie in a bundle, and nothing is written', async () => {
    await holds()
    const before = await desk.db.products.toArray()
    expect(await holds([{ sku: 'MUG', quantity: 1 }], 'BOX')).toMatchObject({
      error: { reason: 'part-is-bundle', field: 'contains.0.sku' },
    })
    expect(await holds([{ sku: 'BALL', quantity: 1 }], 'CUP')).toMatchObject({
      error: { reason: 'product-is-part', field: 'contains' },
    })
    expect(await holds([{ sku: 'CUP', quantity: 0 }])).toMatchObject({
      error: { reason: 'part-quantity-invalid', field: 'contains.0.quantity' },
    })
    expect(await desk.db.products.toArray()).toEqual(before)
    expect(await loadJudging(desk.db)).toEqual([])
  })

  it('is taken back as one step, with the records that it made and nobody has used', async () => {
    await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
    expect(await counts()).toEqual({ blocked: 0, to_ship: 2 })
    const before = await product('MUG')
    const done = await holds()
    if (!done.ok) throw new Error(done.error.reason)
    expect(await counts()).toEqual({ blocked: 2, to_ship: 0 })
    await editProductCustoms(desk, { sku: 'CUP', customs: CUP })
    expect(await undoProductContents(desk, done.value)).toEqual({ ok: true, value: { changedOrders: 2 } })
    expect(await counts()).toEqual({ blocked: 0, to_ship: 2 })
    expect(await product('MUG')).toEqual(before)
    expect(await product('CUP')).toMatchObject({ customs: CUP })
    expect(await product('LID')).toBeUndefined()
    expect(await undoProductContents(desk, done.value)).toMatchObject({
      error: { code: 'conflict', reason: 'product-changed' },
    })
  })

  it('is left as it was when it is cancelled', async () => {
    await pull(...Array.from({ length: 250 }, (_, i) => i + 3))
    const cancel = new AbortController()
    const options = { signal: cancel.signal, onProgress: () => cancel.abort() }
    expect(await editProductContents(desk, { sku: 'MUG', contains: HOLDS }, options)).toMatchObject({
      error: { code: 'cancelled' },
    })
    expect(await product('MUG')).not.toHaveProperty('contains')
    expect(await product('LID')).toBeUndefined()
  })

  it('that is torn is none', async () => {
    const stored = await product('MUG')
    if (stored === undefined) throw new Error('no product')
    await desk.db.products.put({ ...stored, contains: [{ sku: '', quantity: -1 }], incomplete: 2 })
    await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
    expect(await counts()).toEqual({ blocked: 0, to_ship: 2 })
    expect(await product('MUG')).toMatchObject({ incomplete: 0 })
  })
})

describe('orders with a bundle', () => {
  it('are judged anew when the facts of a part change, and when that is taken back', async () => {
    await holds()
    await editProductCustoms(desk, { sku: 'CUP', customs: CUP })
    expect(await counts()).toEqual({ blocked: 2, to_ship: 0 })
    expect(
      (await rows()).map(({ blockedField, blockedDetail }) => [blockedField, blockedDetail?.sku]),
    ).toEqual(Array(2).fill(['lines.0.parts.1.customs.description', 'LID']))
    const fixed = await editProductCustoms(desk, { sku: 'LID', customs: LID })
    expect(fixed).toMatchObject({ ok: true, value: { changedOrders: 2, freedOrders: 2 } })
    expect(await counts()).toEqual({ blocked: 0, to_ship: 2 })
    await pull(3)
    expect(await counts()).toEqual({ blocked: 0, to_ship: 3 })
    if (fixed.ok) await undoProductCustoms(desk, fixed.value)
    expect(await counts()).toEqual({ blocked: 3, to_ship: 0 })
  })

  it('are judged to the end when the app was killed in between', async () => {
    await holds()
    await editProductCustoms(desk, { sku: 'CUP', customs: CUP })
    const lid = await product('LID')
    if (lid === undefined) throw new Error('no part')
    await desk.db.products.put({ ...lid, customs: LID, incomplete: 0 })
    await desk.db.settings.put({ key: 'judging', value: [{ id: 'j', sku: 'LID' }] })
    await finishJudging(desk)
    expect([await counts(), await loadJudging(desk.db)]).toEqual([{ blocked: 0, to_ship: 2 }, []])
  })

  it('wait for their parts, and findings are told by the part', async () => {
    await holds()
    expect(await readWaitingOrders(desk.db, ['CUP', 'MUG', 'BALL'])).toEqual(
      new Map([
        ['CUP', 2],
        ['MUG', 2],
        ['BALL', 0],
      ]),
    )
    const { kinds } = await lintOpenOrders(desk, () => Promise.resolve())
    const missing = kinds.find(({ reason }) => reason === 'hs-missing')
    expect(missing?.places.map(({ sku, orders }) => [sku, orders])).toEqual([
      ['CUP', 2],
      ['LID', 2],
    ])
  })

  it('show the facts of their parts, and a label keeps what it declared', async () => {
    await known()
    const [order] = await desk.db.orders.toArray()
    const orderId = order?.id as OrderId
    const detail = await readOrder(desk.db, orderId)
    expect(isOrderDetail(detail) && Object.keys(detail.products).sort()).toEqual(['CUP', 'LID', 'MUG'])
    const poolId = (await desk.db.pools.toArray())[0]?.id as PoolId
    const made = await makeLabel(desk, { orderId, poolId, grossGrams: 1500 })
    if (!made.ok) throw new Error(JSON.stringify(made.error))
    const { declaration } = made.value.shipment
    expect(declaration?.lines.map(({ sku, quantity, value }) => [sku, quantity, value.minor])).toEqual([
      ['CUP', 4, 1720],
      ['LID', 2, 860],
    ])
    await holds([])
    expect((await desk.db.shipments.toArray())[0]?.declaration).toEqual(declaration)
    expect((await rows()).map(({ queue }) => queue).sort()).toEqual(['blocked', 'label_ready'])
  })
})

it('a file says what bundles hold, and names the line and column that it cannot take', async () => {
  await editProductCustoms(desk, { sku: 'CUP', customs: CUP })
  const text = [
    'sku,bin,contains',
    'MUG,A-1,CUP*2; LID',
    'CUP,A-2,BALL*3',
    'NEVER,,CUP*1',
    'LID,,LID*2',
    `"=MUG",,"CUP*1; '=cmd|calc*1"`,
  ].join('\n')
  const first = await importProductFacts(desk, { text })
  expect(first.problems.map(({ line, field, reason }) => [line, field, reason])).toEqual([
    [3, 'contains', 'product-is-part'],
    [4, 'sku', 'sku-unknown'],
    [5, 'contains', 'part-is-itself'],
    [6, 'sku', 'sku-unknown'],
  ])
  expect(first).toMatchObject({ changed: 1, same: 0 })
  expect(await product('MUG')).toMatchObject({ bin: 'A-1', contains: HOLDS })
  expect(await product('CUP')).not.toHaveProperty('bin')
  expect(await importProductFacts(desk, { text })).toMatchObject({ changed: 0, same: 1 })
})
