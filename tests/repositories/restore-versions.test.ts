import 'fake-indexeddb/auto'
import Dexie from 'dexie'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Result } from '#core/shared/result.ts'
import { openDatabase, type CaravelDatabase } from '#renderer/data/database.ts'
import { activeDatabase } from '#renderer/data/places.ts'
import { verifyJournal } from '#renderer/data/queries/journal.ts'
import { readQueueCounts } from '#renderer/data/queries/order-lists.ts'
import { verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { declareVersions } from '#renderer/data/schema/migrations.ts'
import { SCHEMA_VERSION } from '#renderer/data/schema/v8.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { beginExport, makeBackup, sendRecords } from '#renderer/usecases/export-workspace.ts'
import { importWorkspace } from '#renderer/usecases/import-workspace.ts'
import { startTransfers, type MainTransfers } from '#tests/support/main-transfers.ts'
import { idOf, LABEL, RATES, RULE_FILE, recordsOf, TRACKING } from '#tests/repositories/version-records.ts'
import { freshDatabase, MUG, SENDER, SHOP } from '#tests/support/test-desk.ts'

/**
 * A file that any earlier version wrote still comes in, and holds what a person would miss. The files are written here, from
 * databases in the layouts as they are declared, with the records as that version wrote them.
 */

const PASSPHRASE = 'correct horse battery'
const control = { onProgress: () => undefined, stopped: () => false }
const idle = () => Promise.resolve()
const versions = Array.from({ length: SCHEMA_VERSION }, (_, i) => i + 1)
let main: MainTransfers
let made = 0

beforeEach(async () => (main = await startTransfers()))
afterEach(() => main.remove())

async function writtenBy(version: number): Promise<Dexie> {
  const db = new Dexie(`by-v${version}-${++made}`)
  declareVersions(db, version)
  await db.open()
  expect(db.verno).toBe(version)
  for (const [table, records] of Object.entries(recordsOf(version))) await db.table(table).bulkAdd(records)
  return db
}

/** Writes a file or a backup of a database and takes it in. */
async function exchange(db: Dexie, as: 'file' | 'backup', into: CaravelDatabase, mode: 'replace' | 'merge') {
  const source = { db, workspace: 'own' as const, host: main.host }
  if (as === 'backup') need(await makeBackup(source, 'upgrade', control))
  else {
    const session = need(await beginExport(source, { passphrase: PASSPHRASE, suggestedName: 'desk' }))
    need(await sendRecords(source, session ?? '', control))
  }
  db.close()
  const { backups } = need(await main.host['backups.list']({}))
  const chosen = need(await main.host['import.choose']({ backup: backups[0]?.id ?? null }))
  const session = chosen.file?.session ?? ''
  const file = { identity: chosen.file?.identity ?? '', name: 'desk.caravel' }
  const { header } = need(await main.host['import.unlock']({ session, passphrase: PASSPHRASE }))
  expect(header.schemaVersion).toBe(db.verno)
  const now = () => Date.now() + ++made
  const target = { db: into, host: main.host, newId: createIdSource(now, Math.random), now, breathe: idle }
  return importWorkspace(target, { session, file, header, mode, run: 'run-1' }, control)
}

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}.${result.error.reason}`)
  return result.value
}

async function active(): Promise<CaravelDatabase> {
  return need(await openDatabase(await activeDatabase('own')))
}

/** What a person would miss. */
async function expectContents(db: CaravelDatabase): Promise<void> {
  expect(await db.orders.count()).toBe(5)
  expect(await db.orders.get(idOf(1))).toMatchObject({ held: true, note: '小心轻放 / mind the dog' })
  expect((await db.orders.get(idOf(3)))?.lines[0]?.customs).toMatchObject({ hs6: '691110', origin: 'CN' })
  expect((await db.orders.get(idOf(4)))?.shipTo).toMatchObject({
    ...{ city: '渋谷区', latin: { city: 'Shibuya-ku' } },
  })
  expect(new Uint8Array((await db.documents.get('0d00000000000001'))?.bytes ?? [])).toEqual(LABEL)
  expect(await db.shipments.where('trackingNumber').equals(TRACKING).first()).toMatchObject({
    ...{ orderIds: [idOf(2)], state: 'handed_over', grossGrams: 900 },
  })
  expect(await db.pools.get('0p00000000000001')).toMatchObject({ next: 47_312_483, to: 47_312_501 })
  expect(await db.outbox.toArray()).toMatchObject([
    { kind: 'confirm-shipment', held: true, payload: { orderRemoteId: '2', trackingNumber: TRACKING } },
  ])
  expect(await db.products.where('sku').equals('MUG').first()).toMatchObject({
    ...{ titles: { und: 'Mug', zh: '杯子' }, customs: MUG, incomplete: 0 },
  })
  expect(await db.products.where('incomplete').equals(1).primaryKeys()).toEqual(['0pr0000000000002'])
  expect(await db.quarantine.get(`${SHOP}:9`)).toMatchObject({ raw: { id: '9', lines: 'torn' } })
  expect(await db.connections.get(SHOP)).toMatchObject({ name: 'Test shop', paused: true })
}

/** The lists and the journal stand on them. */
async function expectWorking(db: CaravelDatabase): Promise<void> {
  expect(await verifyCounters(db)).toEqual([])
  expect(await readQueueCounts(db)).toMatchObject({
    all: 5,
    blocked: 1,
    to_ship: 2,
    handed_over: 1,
    shipped: 1,
  })
  expect(await db.orderRows.count()).toBe(5)
  expect(await db.activity.where('entityKey').startsWith('order:').count()).toBeGreaterThanOrEqual(3)
  expect(await verifyJournal(db, idle)).toMatchObject({ broken: null })
}

describe.each(versions)('a file of layout %i', (version) => {
  it.each(['file', 'backup'] as const)('replaces what is here, as a %s', async (as) => {
    const done = await exchange(
      await writtenBy(version),
      as,
      await freshDatabase(`empty-${++made}`),
      'replace',
    )
    expect(done).toMatchObject({ ok: true, value: { mode: 'replace' } })
    const db = await active()
    expect(db.verno).toBe(SCHEMA_VERSION)
    await expectContents(db)
    await expectWorking(db)
    expect((await db.printJobs.toArray()).map(({ state }) => state)).toEqual(['sent'])
    const desk = await db.settings.get('desk')
    expect(desk).toMatchObject({ value: { sender: SENDER, signer: 'Li Wei' } })
    expect(await db.settings.get('backup')).toBeUndefined()
    expect(await db.settings.get('rates')).toBeUndefined()
    expect(await db.referenceFiles.toArray()).toEqual(version < 8 ? [] : [RULE_FILE])
    expect(await db.rateSets.toArray()).toEqual(version < 6 ? [] : [RATES])
    db.close()
  })

  it('joins a desk that is empty', async () => {
    const db = await freshDatabase(`joined-${++made}`)
    expect(await exchange(await writtenBy(version), 'file', db, 'merge')).toMatchObject({
      ok: true,
      value: { mode: 'merge', merged: { orders: 5, shipments: 1, documents: 1, outbox: 1, products: 2 } },
    })
    await expectContents(db)
    await expectWorking(db)
    expect(await db.rateSets.toArray()).toEqual(version < 6 ? [] : [RATES])
    // Rules in force are a decision of this desk.
    expect(await db.referenceFiles.count()).toBe(0)
    db.close()
  })
})

it.each(['replace', 'merge'] as const)('a newer layout is refused and nothing changes: %s', async (mode) => {
  const before = await activeDatabase('own')
  const db = new Dexie(`newer-${++made}`)
  db.version(SCHEMA_VERSION + 1).stores({ orders: 'id', wonders: 'id' })
  await db.open()
  const empty = await freshDatabase(`empty-${++made}`)
  expect(await exchange(db, 'file', empty, mode)).toMatchObject({ error: { reason: 'database-newer' } })
  expect(await activeDatabase('own')).toBe(before)
  expect(await empty.orders.count()).toBe(0)
  empty.close()
})
