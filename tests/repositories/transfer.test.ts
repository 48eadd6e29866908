import 'fake-indexeddb/auto'
import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import Dexie from 'dexie'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { plainQuery } from '#core/order/order-query.ts'
import type { SavedView, ViewId } from '#core/order/saved-view.ts'
import type { ConnectionId, OrderId, ProductId, ShipmentId } from '#core/shared/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { openDatabase } from '#renderer/data/database.ts'
import { activeDatabase, forgetLeft } from '#renderer/data/places.ts'
import { loadJudging } from '#renderer/data/repos/judging.repo.ts'
import { verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { NO_CUSTOMS, productsBySku, readBundles } from '#renderer/data/repos/products.repo.ts'
import { loadViews, saveViews } from '#renderer/data/repos/saved-views.repo.ts'
import { dropUnfinished, findUnfinished } from '#renderer/data/transfer/unfinished-import.ts'
import { fromLines, toLines } from '#renderer/data/transfer/record-lines.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { beginExport, sendRecords } from '#renderer/usecases/export-workspace.ts'
import { importWorkspace } from '#renderer/usecases/import-workspace.ts'
import { restoreDump, toDump, type DatabaseDump } from '#tests/repositories/dump.ts'
import { startTransfers, type MainTransfers } from '#tests/support/main-transfers.ts'
import { freshDatabase } from '#tests/support/test-desk.ts'

const PASSPHRASE = 'correct horse battery'
const control = { onProgress: () => undefined, stopped: () => false }
let main: MainTransfers
let made = 0

beforeEach(async () => (main = await startTransfers()))
afterEach(() => main.remove())

const fixture = async (version: number): Promise<DatabaseDump> =>
  JSON.parse(
    await readFile(path.join(import.meta.dirname, `fixtures/v${version}.json`), 'utf8'),
  ) as DatabaseDump

async function exportOf(db: Dexie, stopped = () => false) {
  const begun = await beginExport(
    { db, workspace: 'own', host: main.host },
    { passphrase: PASSPHRASE, suggestedName: 'desk' },
  )
  if (!begun.ok || begun.value === null) throw new Error('not begun')
  return sendRecords({ db, host: main.host }, begun.value, { ...control, stopped })
}

async function importInto(db: CaravelDatabase, mode: 'replace' | 'merge', stopped = () => false) {
  const chosen = await main.host['import.choose']({ backup: null })
  const session = chosen.ok ? (chosen.value.file?.session ?? '') : ''
  const file = { identity: chosen.ok ? (chosen.value.file?.identity ?? '') : '', name: 'desk.caravel' }
  const unlocked = await main.host['import.unlock']({ session, passphrase: PASSPHRASE })
  if (!unlocked.ok) throw new Error(unlocked.error.reason)
  const now = () => Date.now() + ++made
  const newId = createIdSource(now, Math.random)
  const target = { db, host: main.host, newId, now, breathe: () => Promise.resolve() }
  const { header } = unlocked.value
  return importWorkspace(target, { session, file, header, mode, run: 'run-1' }, { ...control, stopped })
}

/** The workspace as it would be opened at the next load. */
async function active(): Promise<CaravelDatabase> {
  const opened = await openDatabase(await activeDatabase('own'))
  if (!opened.ok) throw new Error(opened.error.reason)
  return opened.value
}

const records = async (db: Dexie) => {
  const dump = await toDump(db)
  // Numbers of changes go on from where this machine was, and what comes is judged by the rules of today.
  dump.records['settings'] = (dump.records['settings'] ?? []).filter(
    (row) => !['kept', 'judging'].includes((row as { key: string }).key),
  )
  return dump
}

async function restored(name: string, version: number): Promise<CaravelDatabase> {
  await restoreDump(name, await fixture(version))
  return freshDatabase(name)
}

describe('records as lines', () => {
  it('keep what JSON loses', () => {
    const all = [
      {
        id: 'a',
        bytes: new Uint8Array([0, 255, 10]),
        at: new Date(5),
        far: Infinity,
        not: NaN,
        deep: [{ b: new Uint8Array() }],
      },
      { id: 'b', $caravel: 'bytes', base64: 'not ours', text: 'line\nbreak\u2028' },
    ]
    expect(fromLines(toLines('quarantine', all))).toEqual(all)
  })
})

describe('export and import', () => {
  it('give back every table as it was', async () => {
    const db = await restored(`transfer-${++made}`, 1)
    expect(await exportOf(db)).toMatchObject({ ok: true })
    const before = await records(db)
    const done = await importInto(await freshDatabase(`empty-${++made}`), 'replace')
    expect(done).toMatchObject({ ok: true, value: { mode: 'replace' } })
    const after = await active()
    expect(await records(after)).toEqual(before)
    expect(await after.documents.count()).toBeGreaterThan(0)
    expect(await verifyCounters(after)).toEqual([])
    expect(await loadJudging(after)).toMatchObject([{ sku: null }])
    after.close()
  })

  it.each([1, 2])('restore a file of layout %i as an upgrade would', async (version) => {
    const name = `older-${++made}`
    await restoreDump(name, await fixture(version))
    const old = await new Dexie(name).open()
    expect(await exportOf(old)).toMatchObject({ ok: true })
    old.close()
    expect(await importInto(await freshDatabase(`empty-${++made}`), 'replace')).toMatchObject({ ok: true })
    const after = await active()
    const upgraded = await freshDatabase(name)
    for (const table of [
      'orders',
      'orderRows',
      'documents',
      'outbox',
      'pools',
      'shipments',
      'counters',
    ] as const)
      expect(await after.table(table).toArray()).toEqual(await upgraded.table(table).toArray())
    after.close()
  })

  it('a stop leaves the workspace as it was, no file, and of an import only what can go on', async () => {
    const db = await restored(`transfer-${++made}`, 1)
    let steps = 0
    expect(await exportOf(db, () => ++steps > 3)).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(await readdir(main.folder)).toEqual([])
    await exportOf(db)
    const before = await activeDatabase('own')
    const names = (await indexedDB.databases()).length
    for (const at of [0, 1, 2, 5, 9]) {
      steps = 0
      const outcome = await importInto(db, 'replace', () => ++steps > at)
      expect(outcome).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    }
    expect(await activeDatabase('own')).toBe(before)
    const unfinished = await findUnfinished('own', Date.now())
    expect(unfinished).not.toBeNull()
    expect((await indexedDB.databases()).length).toBe(names + 1)
    await dropUnfinished('own', unfinished?.database ?? '')
    expect((await indexedDB.databases()).length).toBe(names)
  })

  it.each(['replace', 'merge'] as const)(
    'by %s let what a bundle holds through, if it makes sense',
    async (mode) => {
      const contains = [{ sku: 'CUP', quantity: 2 }]
      const parts = { titles: {}, customs: NO_CUSTOMS, incomplete: 2 as const, updatedAt: 5 }
      const db = await freshDatabase(`bundles-${++made}`)
      const torn = [{ sku: 'CUP', quantity: 'many' }] as never
      await db.products.bulkPut([
        { ...parts, id: 'p1' as ProductId, sku: 'SET', contains },
        { ...parts, id: 'p2' as ProductId, sku: 'TORN', contains: torn },
      ])
      expect(await exportOf(db)).toMatchObject({ ok: true })
      const here = await freshDatabase(`empty-${++made}`)
      expect(await importInto(here, mode)).toMatchObject({ ok: true })
      const after = mode === 'replace' ? await active() : here
      const products = await productsBySku(after, ['SET', 'TORN'])
      expect(products.get('SET')?.contains).toEqual(contains)
      expect(products.get('TORN')?.contains).toBeUndefined()
      expect(await readBundles(after)).toEqual(new Map([['CUP', ['SET']]]))
      after.close()
    },
  )

  it('a crash at any call of main leaves the workspace that was there', async () => {
    const db = await restored(`transfer-${++made}`, 1)
    await exportOf(db)
    const before = await activeDatabase('own')
    const read = main.host['import.read']
    for (let at = 1; at <= 4; at++) {
      let calls = 0
      main.host['import.read'] = (input) => {
        if (++calls === at) throw new Error('crash')
        return read(input)
      }
      await expect(importInto(db, 'replace')).rejects.toThrow('crash')
      expect(await activeDatabase('own')).toBe(before)
    }
    main.host['import.read'] = read
    expect(await importInto(db, 'replace')).toMatchObject({ ok: true })
    expect(await activeDatabase('own')).not.toBe(before)
  })

  it('keep the database before until another run has opened the new one', async () => {
    const db = await restored(`transfer-${++made}`, 1)
    await exportOf(db)
    const before = await activeDatabase('own')
    if (before === 'caravel') (await freshDatabase('caravel')).close()
    await importInto(db, 'replace')
    await forgetLeft('run-1')
    const names = async () => (await indexedDB.databases()).map(({ name }) => name)
    expect(await names()).toContain(before)
    await forgetLeft('run-2')
    expect(await names()).not.toContain(before)
    expect(await names()).toContain(await activeDatabase('own'))
  })
})

describe('a merge', () => {
  it('adds what is missing, keeps what is newer, and changes nothing the second time', async () => {
    const theirs = await restored(`theirs-${++made}`, 1)
    await exportOf(theirs)
    const mine = await restored(`mine-${++made}`, 1)
    const all = await mine.orders.toArray()
    const [gone, newer] = all as [(typeof all)[number], (typeof all)[number]]
    await mine.orders.delete(gone.id)
    await mine.orderRows.delete(gone.id)
    await mine.orders.put({ ...newer, note: 'mine', updatedAt: newer.updatedAt + 1 })
    expect(await importInto(mine, 'merge')).toMatchObject({ ok: true, value: { merged: { orders: 1 } } })
    expect(await mine.orders.get(gone.id)).toEqual(gone)
    expect((await mine.orders.get(newer.id))?.note).toBe('mine')
    expect(await importInto(mine, 'merge')).toMatchObject({ ok: true, value: { merged: { orders: 0 } } })
  })

  it('counts numbers used on either side as used', async () => {
    const theirs = await restored(`theirs-${++made}`, 1)
    const pool = (await theirs.pools.toArray())[0]
    if (pool === undefined) throw new Error('no pool')
    await theirs.pools.put({ ...pool, next: pool.next + 5 })
    await exportOf(theirs)
    const mine = await restored(`mine-${++made}`, 1)
    await importInto(mine, 'merge')
    expect((await mine.pools.get(pool.id))?.next).toBe(pool.next + 5)
    await mine.pools.put({ ...pool, next: pool.next + 9 })
    await importInto(mine, 'merge')
    expect((await mine.pools.get(pool.id))?.next).toBe(pool.next + 9)
  })

  it("puts views behind those that are here, with this side's shops, and says where one is on neither side", async () => {
    const theirs = await restored(`theirs-${++made}`, 1)
    const [shop] = await theirs.connections.toArray()
    if (shop === undefined) throw new Error('no shop')
    const ofShops = (id: string, channel: string[]): SavedView => ({
      ...{ kind: 'view', id: id as ViewId, name: id, place: 1, columns: [], density: null, opensFirst: true },
      query: { ...plainQuery('all'), filters: { channel, country: ['DE'] } },
    })
    const both = ofShops('both', [shop.id, 'gone'])
    await saveViews(theirs, [both, { ...ofShops('lost', ['gone']), place: 2 }])
    await exportOf(theirs)
    const mine = await freshDatabase(`mine-${++made}`)
    const id = 'mine' as ConnectionId
    await mine.connections.put({ ...shop, id })
    await saveViews(mine, [{ ...ofShops('first', [id]), place: 4 }])
    expect(await importInto(mine, 'merge')).toMatchObject({
      value: { merged: { narrowed: ['both', 'lost'] } },
    })
    const { views } = await loadViews(mine)
    expect(views.map((view) => [view.id, view.place, view.opensFirst, view.query.filters])).toEqual([
      ['first', 4, true, { channel: [id], country: ['DE'] }],
      ['both', 5, false, { channel: [id], country: ['DE'] }],
      ['lost', 6, false, { country: ['DE'] }],
    ])
    const [, taken] = views
    await saveViews(mine, [{ ...taken!, name: 'Renamed' }])
    expect(await importInto(mine, 'merge')).toMatchObject({ value: { merged: { narrowed: [] } } })
    expect((await loadViews(mine)).views.map(({ name }) => name)).toEqual(['first', 'Renamed', 'lost'])
  })

  it('does not send again what has been sent since the file was made', async () => {
    const theirs = await restored(`theirs-${++made}`, 1)
    await exportOf(theirs)
    const mine = await restored(`mine-${++made}`, 1)
    const row = (await mine.outbox.toArray())[0]
    const id = row?.entityKey.replace('order:', '') as OrderId
    await mine.outbox.clear()
    await mine.orders.update(id, { stage: 'shipped' })
    await importInto(mine, 'merge')
    expect(await mine.outbox.count()).toBe(0)
    const fresh = await freshDatabase(`fresh-${++made}`)
    await importInto(fresh, 'merge')
    expect(await fresh.outbox.count()).toBe(1)
  })

  it('gives no label back without a word: it may be on a parcel by now', async () => {
    const theirs = await restored(`theirs-${++made}`, 1)
    const row = (await theirs.outbox.toArray())[0]
    if (row === undefined) throw new Error('no row')
    const payload = { shipmentId: 's' as ShipmentId, purchaseRemoteId: 'p', number: 'FAKE1' }
    await theirs.outbox.put({ ...row, held: false, kind: 'void-label', payload })
    await exportOf(theirs)
    const fresh = await freshDatabase(`fresh-${++made}`)
    await importInto(fresh, 'merge')
    expect(await fresh.outbox.toArray()).toMatchObject([{ kind: 'void-label', held: true }])
    expect(await importInto(await freshDatabase(`empty-${++made}`), 'replace')).toMatchObject({ ok: true })
    const after = await active()
    expect(await after.outbox.toArray()).toMatchObject([{ kind: 'void-label', held: true }])
    after.close()
  })
})
