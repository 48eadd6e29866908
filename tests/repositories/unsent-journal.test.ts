import 'fake-indexeddb/auto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { ok } from '#core/shared/result.ts'
import { numberOf } from '#core/shipping/shipment.ts'
import { openRecord } from '#main/journal/record.ts'
import type { Journal } from '#main/journal/journal.ts'
import { openDatabase } from '#renderer/data/database.ts'
import type { UnsentJournal } from '#renderer/data/unsent/unsent-journal.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import { WriteRefused } from '#renderer/data/write-gate.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { pushRow } from '#renderer/sync/push.ts'
import { JudgedToday } from '#renderer/sync/judged-today.ts'
import { OwnWrites } from '#renderer/sync/own-writes.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { dropOutboxRow } from '#renderer/usecases/drop-outbox-row.ts'
import { editAddress } from '#renderer/usecases/edit-address.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { handOver } from '#renderer/usecases/hand-over.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { reconcileUnsent } from '#renderer/usecases/reconcile-unsent.ts'
import { setNote } from '#renderer/usecases/set-note.ts'
import { JOURNAL_NAME, loseStore, startOnJournal } from '#tests/support/journal-desk.ts'
import {
  BUYER,
  MUG,
  openTestDesk,
  remoteOrder,
  setUpDesk,
  SHOP,
  type TestDesk,
} from '#tests/support/test-desk.ts'

/** The journal that main really keeps, behind the repositories and use cases that really write. */

let folder: string
let desk: TestDesk
let full = false

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'unsent-'))
  full = false
  desk = await openTestDesk()
  await startOn(`store-${path.basename(folder)}`)
  await seed(desk)
})
afterEach(async () => {
  desk.db.close()
  await rm(folder, { recursive: true, force: true })
})

let journal: Journal
let restored: unknown

async function startOn(store: string) {
  ;({ journal, restored } = await startOnJournal(desk, { folder, store, isFull: () => full }))
  return desk.db
}

async function restart({ lost }: { lost: boolean }): Promise<void> {
  const { name } = desk.db
  if (lost) await loseStore(desk.db)
  await startOn(name)
}

async function seed(ctx: UseCaseContext): Promise<void> {
  await setUpDesk(ctx)
  await pull()
  await restart({ lost: false })
}

/** The shop's three orders arrive; what they sell has its customs facts. */
async function pull(): Promise<void> {
  const { db } = desk
  await inUnit(db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(
      desk as never,
      SHOP,
      [1, 2, 3].map((n) => remoteOrder(n)),
    ),
  )
  await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
}

const orderId = async (n: number): Promise<OrderId> =>
  (await desk.db.orders
    .where('[connectionId+remoteId]')
    .equals([SHOP, String(n)])
    .first())!.id

async function label(n: number): Promise<string> {
  const pools = await desk.db.pools.toArray()
  const made = await makeLabel(desk, {
    orderId: await orderId(n),
    grossGrams: 900,
    poolId: pools[0]!.id,
  })
  if (!made.ok) throw new Error(JSON.stringify(made.error))
  return numberOf(made.value.shipment)
}

async function ship(n: number): Promise<string> {
  const number = await label(n)
  const gone = await handOver(desk, { orderIds: [await orderId(n)] })
  expect(gone).toMatchObject({ ok: true, value: { refused: [] } })
  return number
}

async function push(answer: HostCalls['connector.confirm-shipment']): Promise<void> {
  const { id } = (await desk.db.outbox.toCollection().first())!
  const deps = { ...desk, host: { ...desk.host, 'connector.confirm-shipment': answer } }
  await pushRow(
    {
      ...deps,
      aliveSince: 0,
      writes: new OwnWrites(),
      judged: new JudgedToday(),
      breathe: () => Promise.resolve(),
    },
    id,
  )
}

describe('the store is gone', () => {
  it('rows, orders, parcels, pools, shops and the desk come back, once', async () => {
    const first = await ship(1)
    const second = await ship(2)
    const before = { outbox: await desk.db.outbox.toArray(), pools: await desk.db.pools.toArray() }
    await restart({ lost: true })
    expect(restored).toMatchObject({
      outbox: 2,
      orders: 3,
      shipments: 2,
      pools: 1,
      connections: 1,
      unreadable: 0,
    })
    expect(await desk.db.outbox.toArray()).toEqual(before.outbox)
    expect(await desk.db.pools.toArray()).toEqual(before.pools)
    expect((await desk.db.settings.get('desk'))?.value).toMatchObject({ workspace: 'own', signer: 'Li Wei' })
    expect(await desk.db.connections.get(SHOP)).toMatchObject({ checkpoint: null, lastPullAt: null })
    expect((await desk.db.shipments.toArray()).map((each) => each.trackingNumber).sort()).toEqual(
      [first, second].sort(),
    )
    await restart({ lost: false })
    expect(restored).toBeNull()
    expect(await desk.db.outbox.count()).toBe(2)
  })

  it('no number is given out twice', async () => {
    const spent = [await ship(1), await label(2)]
    await restart({ lost: true })
    await pull()
    expect(await desk.db.orders.count()).toBe(3)
    // The parcel whose paper is gone keeps its number; a new parcel gets a new one.
    expect(await label(2)).toBe(spent[1])
    expect(spent).not.toContain(await label(3))
  })

  it('what a person wrote on an order survives the pull that follows', async () => {
    await setNote(desk, { orderId: await orderId(3), note: 'gift wrap' })
    await editAddress(desk, { orderId: await orderId(3), address: { ...BUYER, line1: 'Hintertür 2' } })
    await restart({ lost: true })
    await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
      mergeRemoteOrders(desk as never, SHOP, [remoteOrder(3)]),
    )
    expect(await desk.db.orders.get(await orderId(3))).toMatchObject({
      ...{ note: 'gift wrap', shipTo: { line1: 'Hintertür 2' } },
    })
  })

  it('a row that was on its way comes back as an open question', async () => {
    await ship(1)
    const pushing = push(() => new Promise(() => undefined))
    await expect
      .poll(async () =>
        (await journal.read()).records
          .map(openRecord)
          .some(
            (e) => e.kind === 'put' && e.store === 'outbox' && (e.value as { inFlight: boolean }).inFlight,
          ),
      )
      .toBe(true)
    void pushing
    await restart({ lost: true })
    expect(await desk.db.outbox.toArray()).toMatchObject([{ state: 'leased', inFlight: true, attempts: 1 }])
  })

  it('what was sent or dropped does not come back', async () => {
    await ship(1)
    await ship(2)
    const first = (await desk.db.outbox.toArray()).find((row) => row.entityLabel === 'A-1001')
    await dropOutboxRow(desk, { id: first!.id })
    await push(
      async () => ok({ outcome: 'confirmed', order: remoteOrder(2, { status: 'shipped' }) }) as never,
    )
    expect(await desk.db.outbox.count()).toBe(0)
    await restart({ lost: true })
    expect(await desk.db.outbox.count()).toBe(0)
    expect(restored).toMatchObject({ outbox: 0, orders: 2 })
  })
})

describe('a crash between store and journal', () => {
  it('neither loses what the store has nor brings back what it dropped', async () => {
    await ship(1)
    full = true
    await ship(2)
    const first = (await desk.db.outbox.toArray()).find((row) => row.entityLabel === 'A-1001')
    await dropOutboxRow(desk, { id: first!.id })
    full = false
    await restart({ lost: false })
    expect(restored).toBeNull()
    expect((await desk.db.outbox.toArray()).map((row) => row.entityLabel)).toEqual(['A-1002'])
    await restart({ lost: true })
    expect((await desk.db.outbox.toArray()).map((row) => row.entityLabel)).toEqual(['A-1002'])
  })

  it('a journal that could not be written catches up with the next change', async () => {
    const told: boolean[] = []
    ;(desk.db.unsent as UnsentJournal).onBehind = (behind) => told.push(behind)
    full = true
    await ship(1)
    full = false
    await ship(2)
    expect(told).toEqual([true, false])
    await restart({ lost: true })
    expect(await desk.db.outbox.count()).toBe(2)
  })

  it('a store that fell back to an earlier moment is brought up to the journal', async () => {
    await ship(1)
    const dump = new Map(
      await Promise.all(desk.db.tables.map(async (t) => [t.name, await t.toArray()] as const)),
    )
    const spent = await ship(2)
    const first = (await desk.db.outbox.toArray()).find((row) => row.entityLabel === 'A-1001')
    await dropOutboxRow(desk, { id: first!.id })
    for (const table of desk.db.tables) {
      await table.clear()
      await table.bulkPut(dump.get(table.name)!)
    }
    await restart({ lost: false })
    expect((await desk.db.outbox.toArray()).map((row) => row.entityLabel)).toEqual(['A-1002'])
    expect([spent]).not.toContain(await label(3))
  })

  it('a replay that is cut off is done again from the start', async () => {
    await ship(1)
    const { name } = desk.db
    await loseStore(desk.db)
    const opened = await openDatabase(name)
    if (!opened.ok) throw new Error('not opened')
    opened.value.writeGate = () => issue('unsupported', { reason: 'disk-low' })
    await expect(reconcileUnsent({ ...desk, db: opened.value }, JOURNAL_NAME)).rejects.toBeInstanceOf(
      WriteRefused,
    )
    expect(await opened.value.outbox.count()).toBe(0)
    opened.value.close()
    await startOn(name)
    expect(restored).toMatchObject({ outbox: 1, orders: 3 })
  })

  it('entries that make no sense are left out, the rest comes back', async () => {
    await ship(1)
    await journal.append([{ kind: 'put', store: 'outbox', id: 'x', seq: 999, value: { id: 'x' } }])
    await restart({ lost: true })
    expect(restored).toMatchObject({ outbox: 1, unreadable: 1 })
  })
})

describe('the gate', () => {
  it('refuses every write and lets reads pass; nothing is half written', async () => {
    desk.db.writeGate = () => issue('unsupported', { reason: 'disk-low' })
    await expect(setNote(desk, { orderId: await orderId(1), note: 'x' })).rejects.toMatchObject({
      issue: { code: 'unsupported', reason: 'disk-low' },
    })
    expect((await desk.db.orders.get(await orderId(1)))?.note).toBe('')
    desk.db.writeGate = () => null
    expect(await setNote(desk, { orderId: await orderId(1), note: 'x' })).toMatchObject({ ok: true })
  })
})
