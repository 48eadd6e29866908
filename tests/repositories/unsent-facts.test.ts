import 'fake-indexeddb/auto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { JournalEntry } from '#core/contracts/journal.ts'
import { money } from '#core/money/money.ts'
import type { OrderId } from '#core/shared/ids.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import { createJournal } from '#main/journal/journal.ts'
import { openRecord } from '#main/journal/record.ts'
import { keptSeq, wasToldWhole } from '#renderer/data/unsent/unsent-journal.ts'
import { verifyJournal } from '#renderer/data/queries/journal.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_LISTING_STORES, mergeRemoteListings } from '#renderer/sync/merge-listings.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { assignOrder } from '#renderer/usecases/assign-order.ts'
import { editCustoms } from '#renderer/usecases/edit-customs.ts'
import { editProductContents } from '#renderer/usecases/edit-product-contents.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { editProductFacts } from '#renderer/usecases/edit-product-facts.ts'
import { countFrozen, freezeStock, giveBackStock } from '#renderer/usecases/freeze-stock.ts'
import { setShipByRule } from '#renderer/usecases/set-ship-by-rule.ts'
import { parkOrder } from '#renderer/usecases/park-order.ts'
import { tagOrder } from '#renderer/usecases/tag-order.ts'
import { loseStore, startOnJournal } from '#tests/support/journal-desk.ts'
import {
  MUG,
  openTestDesk,
  remoteOrder,
  setUpDesk,
  SHOP,
  START,
  type TestDesk,
} from '#tests/support/test-desk.ts'

/** What else a person put into a store that is lost: customs facts, and stock that was frozen. And that the journal of activity says so. */

const goOn = { stopped: () => false, onProgress: () => undefined }
let folder: string
let desk: TestDesk
let restored: unknown
let handedOver: readonly JournalEntry[] = []
let full = false

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'unsent-facts-'))
  full = false
  desk = await openTestDesk()
  await start()
  await setUpDesk(desk)
  // What was put past the units of work is told at a start.
  await start()
})
afterEach(async () => {
  desk.db.close()
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<void> {
  const store = `store-${path.basename(folder)}`
  ;({ restored, handedOver } = await startOnJournal(desk, { folder, store, isFull: () => full }))
}

async function restartWithoutStore(): Promise<void> {
  await loseStore(desk.db)
  await start()
}

function pull(orders = [1, 2]): Promise<unknown> {
  return inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(
      desk as never,
      SHOP,
      orders.map((n) => remoteOrder(n)),
    ),
  )
}

const orderId = async (n: number): Promise<OrderId> =>
  (await desk.db.orders
    .where('[connectionId+remoteId]')
    .equals([SHOP, String(n)])
    .first())!.id
const product = () => desk.db.products.where('sku').equals('MUG').first()
const entries = async () =>
  (await desk.db.activity.toArray()).filter(({ what }) => what === 'unsent-restored')
const TYPED = { ...MUG, description: 'Stoneware mug' }

async function editLine(n: number): Promise<void> {
  const edit = { orderId: await orderId(n), lineId: `${n}-1`, customs: TYPED, scope: 'line' as const }
  expect(await editCustoms(desk, edit)).toMatchObject({ ok: true })
}

it('customs facts of products come back, and orders that are pulled afterwards are judged by them', async () => {
  await pull()
  await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
  const before = await product()
  await restartWithoutStore()
  expect(restored).toMatchObject({ products: 1 })
  expect(await product()).toEqual(before)
  await pull([1, 2, 3])
  expect((await desk.db.orderRows.toArray()).map(({ queue }) => queue)).toEqual(Array(3).fill('to_ship'))
})

it('a start reads back no products that it has told, and all of them when the store is lost', async () => {
  await pull()
  await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
  const products = () => handedOver.filter(({ store }) => store === 'products').length
  await start()
  expect(handedOver.length).toBeGreaterThan(0)
  expect(products()).toBe(0)
  await restartWithoutStore()
  expect(products()).toBe(1)
})

it('products without facts are not kept, and one that a pull made anew takes the facts of the kept one', async () => {
  await pull()
  await restartWithoutStore()
  expect(restored).toMatchObject({ products: 0 })
  await pull()
  const fresh = await product()
  await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
  await restartWithoutStore()
  expect(await product()).toMatchObject({ id: fresh?.id, customs: MUG })
})

it('what a bundle holds comes back, and orders that are pulled afterwards are judged by its parts', async () => {
  await pull()
  const contains = [{ sku: 'CUP', quantity: 2 }]
  await editProductContents(desk, { sku: 'MUG', contains })
  await editProductCustoms(desk, { sku: 'CUP', customs: MUG })
  await restartWithoutStore()
  expect(restored).toMatchObject({ products: 2 })
  expect(await product()).toMatchObject({ contains })
  await pull([1, 2, 3])
  expect((await desk.db.orderRows.toArray()).map(({ queue }) => queue)).toEqual(Array(3).fill('to_ship'))
})

it('a cost and barcodes come back, also of a product without customs facts', async () => {
  await pull()
  const facts = { sku: 'MUG', cost: money(420, 'EUR'), barcodes: ['4006381333931'] }
  expect(await editProductFacts(desk, facts)).toEqual({ ok: true, value: { changed: true } })
  const before = await product()
  expect(before).toMatchObject({ cost: facts.cost, barcodes: facts.barcodes })
  await restartWithoutStore()
  expect(await product()).toEqual(before)
  await editProductFacts(desk, { sku: 'MUG', cost: null, barcodes: [] })
  await restartWithoutStore()
  expect(restored).toMatchObject({ products: 0 })
})

it('facts that were typed for one line of an order come back with it', async () => {
  await pull()
  await editLine(1)
  await restartWithoutStore()
  await pull()
  expect((await desk.db.orders.get(await orderId(1)))?.lines[0]?.customs).toEqual(TYPED)
  expect((await desk.db.orders.get(await orderId(2)))?.lines[0]?.customs).toBeNull()
})

it('tags, who works on it and its parking come back with an order', async () => {
  await pull()
  await tagOrder(desk, { orderId: await orderId(1), tag: 'Fragile' })
  await assignOrder(desk, { orderId: await orderId(1), to: 'Mei' })
  await parkOrder(desk, { orderId: await orderId(2), until: null })
  await restartWithoutStore()
  await pull()
  expect(await desk.db.orders.get(await orderId(1))).toMatchObject({ tags: ['Fragile'], assignee: 'Mei' })
  expect(await desk.db.orders.get(await orderId(2))).toMatchObject({
    parked: { until: null },
    blocked: 'parked',
  })
})

it.each(['the next change', 'a start'])(
  'what was typed while the journal was full is told by %s',
  async (by) => {
    await pull()
    full = true
    await editLine(1)
    await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
    full = false
    if (by === 'a start') await start()
    else await editProductCustoms(desk, { sku: 'CUP', customs: MUG })
    await restartWithoutStore()
    expect(await product()).toMatchObject({ customs: MUG })
    expect((await desk.db.orders.get(await orderId(1)))?.lines[0]?.customs).toEqual(TYPED)
  },
)

it('a store that fell back takes the newer facts, and judges what waited for them', async () => {
  await pull()
  const dump = new Map(
    await Promise.all(desk.db.tables.map(async (t) => [t.name, await t.toArray()] as const)),
  )
  await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
  for (const table of desk.db.tables) {
    await table.clear()
    await table.bulkPut(dump.get(table.name)!)
  }
  expect((await desk.db.orderRows.toArray()).every(({ queue }) => queue === 'blocked')).toBe(true)
  await start()
  expect(await product()).toMatchObject({ customs: MUG })
  expect((await desk.db.orderRows.toArray()).every(({ queue }) => queue === 'to_ship')).toBe(true)
})

it('one entry of the desk says what came back, in a journal that verifies', async () => {
  await pull()
  await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
  await editLine(1)
  await restartWithoutStore()
  expect(await entries()).toMatchObject([
    { entityKey: 'desk', by: 'here', values: { changes: 0, orders: 2, parcels: 0, products: 1 } },
  ])
  await start()
  expect(await entries()).toHaveLength(1)
  expect(await verifyJournal(desk.db)).toMatchObject({ broken: null })
})

it('frozen stock comes back, and goes to the listing under the id that the next pull gives it', async () => {
  const listing: RemoteListing = {
    ...{ remoteId: '1', status: 'active', rawStatus: 'enabled', updatedAt: START, mainLocale: 'en' },
    contents: { en: { title: 'Mug', description: '' } },
    offers: [{ remoteId: '1.0', sku: 'MUG', option: '', stock: 10, prices: [] }],
    pictureUrl: '',
  }
  const pullListing = (stock: number) =>
    inUnit(desk.db, { stores: MERGE_LISTING_STORES, durability: 'relaxed' }, () =>
      mergeRemoteListings(
        desk as never,
        SHOP,
        [{ ...listing, offers: listing.offers.map((offer) => ({ ...offer, stock })) }],
        null,
      ),
    )
  await pullListing(10)
  await freezeStock(desk, 20, goOn)
  // The shop has heard of it.
  await inUnit(desk.db, { stores: ['outbox', 'listings'], durability: 'strict' }, async () => {
    const rows = await desk.db.outbox.toCollection().primaryKeys()
    await desk.db.outbox.bulkDelete(rows)
    await desk.db.listings.bulkPut(await desk.db.listings.toArray())
  })
  const old = (await desk.db.listings.toArray())[0]?.id
  await restartWithoutStore()
  expect(await countFrozen(desk)).toEqual({ listings: 1, pieces: 2 })
  expect(await desk.db.listings.count()).toBe(0)
  // Nothing is pulled yet: the pieces wait.
  expect(await giveBackStock(desk, goOn)).toEqual({ refused: 1 })
  await pullListing(8)
  const fresh = (await desk.db.listings.toArray())[0]?.id
  expect(fresh).not.toBe(old)
  await freezeStock(desk, 20, goOn)
  expect(await countFrozen(desk)).toEqual({ listings: 1, pieces: 2 })
  expect(await giveBackStock(desk, goOn)).toEqual({ refused: 0 })
  expect(await desk.db.outbox.toArray()).toMatchObject([{ payload: { delta: 2 } }])
  expect((await desk.db.listings.get(fresh!))?.offers[0]?.stock).toBe(10)
  await restartWithoutStore()
  expect(await countFrozen(desk)).toEqual({ listings: 0, pieces: 0 })
})

it('a store that has told everything once is not looked through at each start; one that lost its mark is', async () => {
  await pull()
  await start()
  // Past the units of work: nobody hears of it but who looks through all products.
  await desk.db.products.where('sku').equals('MUG').modify({ customs: MUG })
  const kept = async () => {
    const { records } = await createJournal({ folder }).read()
    return records.filter(({ store }) => store === 'products').map(openRecord)
  }
  await start()
  expect(await kept()).toEqual([])
  await desk.db.settings.put({ key: 'kept', value: { seq: await keptSeq(desk.db) } })
  await start()
  expect(await kept()).toMatchObject([{ kind: 'put', value: { sku: 'MUG' } }])
})

it('a telling that breaks off is no whole one', async () => {
  await pull()
  await desk.db.products.where('sku').equals('MUG').modify({ customs: MUG })
  await desk.db.settings.put({ key: 'kept', value: { seq: await keptSeq(desk.db) } })
  full = true
  await expect(start()).rejects.toThrow('journal-not-written')
  full = false
  expect(await wasToldWhole(desk.db)).toBe(false)
  await start()
  expect(await wasToldWhole(desk.db)).toBe(true)
  await restartWithoutStore()
  expect(restored).toMatchObject({ products: 1 })
})

it('when the parcels of a shop leave comes back with it, unless it makes no sense', async () => {
  const calendar = {
    ...{ timeZone: 'Asia/Shanghai', cutOff: 960, workingDays: [1, 2, 3, 4, 5, 6] },
    closedDays: [{ day: '2027-02-06', name: '春节' }],
  }
  await setShipByRule(desk, { connectionId: SHOP, handlingDays: 1, calendar })
  await restartWithoutStore()
  expect(await desk.db.connections.get(SHOP)).toMatchObject({ handlingDays: 1, calendar })
  const broken = { ...calendar, cutOff: 9999 }
  await inUnit(desk.db, { stores: ['connections'], durability: 'strict' }, async () => {
    await desk.db.connections.update(SHOP, { calendar: broken })
  })
  await restartWithoutStore()
  const connection = await desk.db.connections.get(SHOP)
  expect(connection).toMatchObject({ handlingDays: 1 })
  expect(connection).not.toHaveProperty('calendar')
})
