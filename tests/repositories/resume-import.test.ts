import 'fake-indexeddb/auto'
import Dexie from 'dexie'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeSeededWorkspace } from '../../scripts/seed/write-seeded-workspace.ts'
import type { ListingRow } from '#core/listing/listing-row.ts'
import { openDatabase, type CaravelDatabase } from '#renderer/data/database.ts'
import { activeDatabase, forgetLeft } from '#renderer/data/places.ts'
import { verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { findUnfinished } from '#renderer/data/transfer/unfinished-import.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { beginExport, sendRecords } from '#renderer/usecases/export-workspace.ts'
import { importWorkspace } from '#renderer/usecases/import-workspace.ts'
import { toDump } from '#tests/repositories/dump.ts'
import { startTransfers, type MainTransfers } from '#tests/support/main-transfers.ts'
import { freshDatabase, SHOP } from '#tests/support/test-desk.ts'

/** An import that is cut off, at whatever page, goes on behind the last page that was written whole. */

const PASSPHRASE = 'correct horse battery'
const SIZE = { orders: 1500, products: 120, now: Date.UTC(2026, 10, 22), seed: 3 }

let main: MainTransfers
let db: CaravelDatabase
let run = 0

beforeEach(async () => {
  main = await startTransfers()
  db = await freshDatabase()
  await writeSeededWorkspace({ ...SIZE, place: main.place, passphrase: PASSPHRASE, cost: 2 ** 14 })
})
afterEach(async () => {
  db.close()
  for (const { name = '' } of await indexedDB.databases()) await Dexie.delete(name)
  await main.remove()
})

const never = () => false

/** `stopped` is asked before every page; `gone` is the app's end: nothing after it happens. */
async function takeIn({
  stopped = never,
  gone = never,
}: { stopped?: () => boolean; gone?: () => boolean } = {}) {
  const chosen = await main.host['import.choose']({ backup: null })
  if (!chosen.ok || chosen.value.file === null) throw new Error('not chosen')
  const { session, identity } = chosen.value.file
  const unlocked = await main.host['import.unlock']({ session, passphrase: PASSPHRASE })
  if (!unlocked.ok) throw new Error(unlocked.error.reason)
  const host: typeof main.host = {
    ...main.host,
    'import.read': (input) => (gone() ? new Promise(() => undefined) : main.host['import.read'](input)),
  }
  const now = () => Date.now() + run
  const target = { db, host, newId: createIdSource(now, Math.random), now, breathe: () => Promise.resolve() }
  const file = { identity, name: 'desk.caravel' }
  const wish = { session, file, header: unlocked.value.header, mode: 'replace' as const, run: `run-${++run}` }
  return importWorkspace(target, wish, { onProgress: () => undefined, stopped })
}

async function imported() {
  const opened = await openDatabase(await activeDatabase('own'))
  if (!opened.ok) throw new Error(opened.error.reason)
  const { records } = await toDump(opened.value)
  expect(await verifyCounters(opened.value)).toEqual([])
  opened.value.close()
  // Numbers of changes go on from where this machine was.
  records['settings'] = (records['settings'] ?? []).filter((row) => (row as { key: string }).key !== 'kept')
  return records
}

describe('an import that was cut off', () => {
  it('goes on behind the page at which a person stopped it, and comes to the same', async () => {
    expect(await takeIn()).toMatchObject({ ok: true })
    const whole = await imported()
    expect(whole['orders']).toHaveLength(SIZE.orders)
    let before = -1
    for (const at of [1, 2, 3, 4, 5]) {
      let asked = 0
      const stopped = () => ++asked > at
      expect(await takeIn({ stopped })).toMatchObject({ ok: false, error: { code: 'cancelled' } })
      const found = await findUnfinished('own', Date.now())
      const here = Object.values(found?.written ?? {}).reduce((sum, count) => sum + count, 0)
      // Never less than before: what was written is not written again.
      expect(here).toBeGreaterThanOrEqual(Math.max(before, 0))
      before = here
    }
    expect(before).toBeGreaterThan(0)
    expect(await takeIn()).toMatchObject({ ok: true })
    expect(await imported()).toEqual(whole)
    expect(await findUnfinished('own', Date.now())).toBeNull()
  })

  it('goes on after the end of the app, whichever page was under way', async () => {
    await takeIn()
    const whole = await imported()
    for (const at of [1, 2, 3, 4]) {
      let calls = 0
      void takeIn({ gone: () => ++calls > at })
      await expect.poll(async () => (calls > at ? findUnfinished('own', Date.now()) : null)).not.toBeNull()
      await main.host['import.close']({ session: null })
      const found = await findUnfinished('own', Date.now())
      const kept = await forgetLeft(`start-${at}`, found === null ? [] : [found.database])
      expect(kept).not.toContain(found?.database)
      expect(await takeIn()).toMatchObject({ ok: true })
      expect(await activeDatabase('own')).toBe(found?.database)
      expect(await imported()).toEqual(whole)
    }
  })

  it('counts listings as well as orders while it writes them', async () => {
    const row = { id: 'a', connectionId: SHOP, list: 'active', sortKey: 1 } as unknown as ListingRow
    await db.listingRows.bulkPut([row, { ...row, id: 'b' as ListingRow['id'] }])
    const begun = await beginExport(
      { db, workspace: 'own', host: main.host },
      { passphrase: PASSPHRASE, suggestedName: 'desk' },
    )
    if (!begun.ok || begun.value === null) throw new Error('not begun')
    await sendRecords({ db, host: main.host }, begun.value, { onProgress: () => undefined, stopped: never })
    expect(await takeIn()).toMatchObject({ ok: true })
    const { counters } = await imported()
    expect(counters).toContainEqual({ key: `${SHOP}:listings.all`, count: 2 })
  })

  it('gives way to the import of another file', async () => {
    let asked = 0
    await takeIn({ stopped: () => ++asked > 3 })
    const first = await findUnfinished('own', Date.now())
    await writeSeededWorkspace({
      ...SIZE,
      orders: 300,
      place: main.place,
      passphrase: PASSPHRASE,
      cost: 2 ** 14,
    })
    expect(await takeIn()).toMatchObject({ ok: true })
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(first?.database)
    expect((await imported())['orders']).toHaveLength(300)
  })

  it('is forgotten after a while, and at the next start', async () => {
    let asked = 0
    await takeIn({ stopped: () => ++asked > 3 })
    const found = await findUnfinished('own', Date.now())
    expect(found).toMatchObject({ name: 'desk.caravel' })
    expect(await findUnfinished('own', Date.now() + 15 * 86_400_000)).toBeNull()
    expect(await forgetLeft('another')).toContain(found?.database)
  })
})
