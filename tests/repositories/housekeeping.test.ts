import 'fake-indexeddb/auto'
import Dexie from 'dexie'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { toOrderRow } from '#core/order/order-row.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err } from '#core/shared/result.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { StoredOrder } from '#renderer/data/records.ts'
import { watchHealthFacts } from '#renderer/data/queries/health.ts'
import { loadBackupTrouble } from '#renderer/data/repos/settings.repo.ts'
import { declareVersions } from '#renderer/data/schema/migrations.ts'
import { SCHEMA_VERSION } from '#renderer/data/schema/v8.ts'
import { openStore } from '#renderer/app/open-store.ts'
import { backupBeforeUpgrade } from '#renderer/usecases/backup-before-upgrade.ts'
import { newConnection } from '#renderer/usecases/connect-shop.ts'
import { StorageJobs } from '#renderer/worker/storage-jobs.ts'
import { recordsOf } from '#tests/repositories/version-records.ts'
import { startTransfers, type MainTransfers } from '#tests/support/main-transfers.ts'
import { freshDatabase, SHOP, START } from '#tests/support/test-desk.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
let main: MainTransfers
const opened: CaravelDatabase[] = []
let made = 0

beforeEach(async () => {
  vi.useFakeTimers({ now: START, toFake: ['Date'] })
  main = await startTransfers()
})
afterEach(async () => {
  vi.useRealTimers()
  for (const db of opened.splice(0)) db.close()
  await main.remove()
})

async function housekeeper(name = `caravel.house${++made}`) {
  const db = await freshDatabase(name)
  opened.push(db)
  await db.connections.put(
    newConnection(SHOP, { connectorId: 'vendure', name: 'Test shop', settings: {} }, START),
  )
  const idle = { syncNow: () => undefined, kick: () => undefined, settled: () => Promise.resolve() }
  const idsOf = () => Promise.resolve(null)
  const engine = { pause: () => Promise.resolve(), resume: () => undefined, idsOf, ...idle }
  return { db, jobs: new StorageJobs(db, main.host, engine) }
}

async function listed() {
  const answer = await main.host['backups.list']({})
  return answer.ok ? answer.value.backups : []
}

const healthBackup = (db: CaravelDatabase) =>
  new Promise((resolve, reject) => {
    const seen = watchHealthFacts(db).subscribe(({ backup }) => {
      resolve(backup)
      queueMicrotask(() => seen.unsubscribe())
    }, reject)
  })

describe('daily housekeeping', () => {
  it('makes a backup a day, once it is due, and keeps what rotation keeps', async () => {
    const { db, jobs } = await housekeeper()
    await jobs.keepHouse()
    await jobs.keepHouse()
    expect(await listed()).toMatchObject([{ workspace: 'own', occasion: 'daily', createdAt: START }])
    vi.setSystemTime(START + 19 * HOUR)
    await jobs.keepHouse()
    expect(await listed()).toHaveLength(1)
    vi.setSystemTime(START + 20 * HOUR)
    await jobs.keepHouse()
    expect(await listed()).toHaveLength(2)
    for (let day = 2; day < 60; day++) {
      vi.setSystemTime(START + day * DAY)
      await jobs.keepHouse()
    }
    const kept = await listed()
    expect(kept[0]?.createdAt).toBe(START + 59 * DAY)
    expect(new Set(kept.map(({ createdAt }) => Math.floor(createdAt / DAY))).size).toBe(kept.length)
    expect(kept.length).toBeGreaterThanOrEqual(7)
    expect(kept.length).toBeLessThanOrEqual(11)
    expect(await loadBackupTrouble(db)).toBeNull()
  })

  it('makes none of an empty desk or of the demo, and none more after one by hand', async () => {
    const empty = await housekeeper()
    await empty.db.connections.clear()
    await empty.jobs.keepHouse()
    const demo = await housekeeper(`caravel-demo.house${++made}`)
    await demo.jobs.keepHouse()
    expect(await listed()).toEqual([])
    const { jobs } = await housekeeper()
    expect(await jobs.run({ kind: 'backup' })).toMatchObject({ ok: true, value: { kind: 'backup' } })
    await jobs.keepHouse()
    expect((await listed()).map(({ occasion }) => occasion)).toEqual(['manual'])
  })

  it('purges what is due, also while backups fail', async () => {
    const { db, jobs } = await housekeeper()
    const sent = { stage: 'shipped', remoteUpdatedAt: START, updatedAt: START, buyerName: 'Erika Muster' }
    const orders = recordsOf(SCHEMA_VERSION)['orders'] ?? []
    const shipped = orders.map((order) => ({ ...order, ...sent, blocked: null, openSkus: [] }))
    await db.orders.bulkPut(shipped as unknown as StoredOrder[])
    await db.orderRows.bulkPut((shipped as unknown as StoredOrder[]).map((order) => toOrderRow(order)))
    const desk = { retentionDays: 30 }
    await db.settings.put({ key: 'desk', value: desk as never })
    failBackups()
    await jobs.keepHouse()
    expect((await db.orders.get(orders[0]?.['id'] as OrderId))?.buyerName).toBe('Erika Muster')
    vi.setSystemTime(START + 30 * DAY)
    await jobs.keepHouse()
    const buyers = (await db.orders.toArray()).map(({ buyerName }) => buyerName)
    expect(new Set(buyers)).toEqual(new Set(['']))
  })
})

/** The place of backups cannot be written any more. */
function failBackups(): void {
  main.host['export.begin'] = () =>
    Promise.resolve(err(issue('unsupported', { reason: 'export-not-written' })))
}

describe('a backup that fails', () => {
  it('is kept with its first time and newest reason, seen by health, and forgotten by one that comes about', async () => {
    const { db, jobs } = await housekeeper()
    const begin = main.host['export.begin']
    failBackups()
    await jobs.keepHouse()
    vi.setSystemTime(START + HOUR)
    main.host['export.begin'] = () => Promise.resolve(err(issue('auth', { reason: 'vault-locked' })))
    await jobs.keepHouse()
    expect(await loadBackupTrouble(db)).toEqual({
      failedSince: START,
      issue: issue('auth', { reason: 'vault-locked' }),
    })
    expect(await healthBackup(db)).toEqual({ failedSince: START, code: 'auth' })
    main.host['export.begin'] = begin
    await jobs.keepHouse()
    expect(await loadBackupTrouble(db)).toBeNull()
    expect(await healthBackup(db)).toBeNull()
  })

  it('half way is taken back and said, whatever it failed with', async () => {
    const { db, jobs } = await housekeeper()
    const write = main.host['export.write']
    main.host['export.write'] = () =>
      Promise.resolve(err(issue('unsupported', { reason: 'export-not-written' })))
    await jobs.keepHouse()
    expect(await listed()).toEqual([])
    expect((await readdir(path.join(main.folder, 'backups'))).filter((name) => name !== 'key.json')).toEqual(
      [],
    )
    expect((await loadBackupTrouble(db))?.issue.reason).toBe('export-not-written')
    // The store itself fails while it is read.
    const full = Object.assign(new Error('no room'), { name: 'QuotaExceededError' })
    main.host['export.write'] = () => Promise.reject(full)
    await jobs.keepHouse()
    expect((await loadBackupTrouble(db))?.issue.reason).toBe('storage-full')
    main.host['export.write'] = write
    expect(await jobs.run({ kind: 'backup' })).toMatchObject({ ok: true })
    expect(await loadBackupTrouble(db)).toBeNull()
  })

  it('is no failure when a person stopped it or another transfer was running', async () => {
    const { db, jobs } = await housekeeper()
    for (const code of ['cancelled', 'conflict'] as const) {
      main.host['export.begin'] = () => Promise.resolve(err(issue(code)))
      await jobs.keepHouse()
    }
    expect(await loadBackupTrouble(db)).toBeNull()
  })
})

describe('before an upgrade', () => {
  async function older(name: string, version: number): Promise<void> {
    const db = new Dexie(name)
    declareVersions(db, version)
    await db.open()
    for (const [table, records] of Object.entries(recordsOf(version))) await db.table(table).bulkAdd(records)
    db.close()
  }

  beforeEach(async () => {
    for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name)
  })

  it.each(Array.from({ length: SCHEMA_VERSION - 1 }, (_, i) => i + 1))(
    'layout %i is kept as it was, and the start goes on with the new one',
    async (version) => {
      await older('caravel', version)
      const store = await openStore('own', quiet())
      expect(store.ok && store.value.verno).toBe(SCHEMA_VERSION)
      if (!store.ok) return
      expect(await listed()).toMatchObject([{ workspace: 'own', occasion: 'upgrade' }])
      const backup = (await listed())[0]?.id ?? ''
      const chosen = await main.host['import.choose']({ backup })
      const session = chosen.ok ? (chosen.value.file?.session ?? '') : ''
      expect(await main.host['import.unlock']({ session, passphrase: '' })).toMatchObject({
        value: { header: { schemaVersion: version, counts: { orders: 5 } } },
      })
      store.value.close()
      // The next start has nothing to upgrade.
      expect(await backupBeforeUpgrade('caravel', main.host)).toEqual({ ok: true, value: null })
      expect(await listed()).toHaveLength(1)
    },
  )

  it('a backup that cannot be made is said, and the start goes on', async () => {
    await older('caravel', 1)
    await rm(path.join(main.folder, 'backups'), { recursive: true, force: true })
    failBackups()
    const store = await openStore('own', quiet())
    expect(store.ok && store.value.verno).toBe(SCHEMA_VERSION)
    if (!store.ok) return
    expect(await loadBackupTrouble(store.value)).toEqual({
      ...{ failedSince: START, issue: issue('unsupported', { reason: 'export-not-written' }) },
    })
    expect(await store.value.orders.count()).toBe(5)
    store.value.close()
  })

  /** The journal of unsent work has nothing to say. */
  function quiet() {
    return {
      ...main.host,
      'journal.read': () =>
        Promise.resolve({ ok: true, value: { seq: 0, entries: [], next: null, damaged: 0 } }),
      'journal.append': () => Promise.resolve({ ok: true, value: {} }),
    } as unknown as typeof main.host
  }
})
