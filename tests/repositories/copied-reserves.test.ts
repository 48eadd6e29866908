import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ListingId } from '#core/shared/ids.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import { openDatabase, type CaravelDatabase } from '#renderer/data/database.ts'
import { activeDatabase } from '#renderer/data/places.ts'
import { loadCopiedReserves } from '#renderer/data/repos/reserves.repo.ts'
import { loadOffline, saveOffline } from '#renderer/data/repos/settings.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_LISTING_STORES, mergeRemoteListings } from '#renderer/sync/merge-listings.ts'
import { decideCopiedReserves } from '#renderer/usecases/decide-copied-reserves.ts'
import { disconnectShop } from '#renderer/usecases/disconnect-shop.ts'
import { beginExport, sendRecords } from '#renderer/usecases/export-workspace.ts'
import { countFrozen, freezeStock, giveBackStock } from '#renderer/usecases/freeze-stock.ts'
import { importWorkspace } from '#renderer/usecases/import-workspace.ts'
import { startTransfers, type MainTransfers } from '#tests/support/main-transfers.ts'
import { openTestDesk, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

/** A file that holds frozen stock, taken in after the pieces went back to the shop, or before: nothing is given back twice. */

const PASSPHRASE = 'correct horse battery'
const control = { onProgress: () => undefined, stopped: () => false }
const goOn = { stopped: () => false, onProgress: () => undefined }
let main: MainTransfers
let desk: TestDesk
/** Databases that imports make are named by the clock: each test has a day of its own. */
let day = 0

function mug(n: number, stock: number, updatedAt = START): RemoteListing {
  const prices = [{ minor: 1000, currency: 'EUR' }]
  return {
    ...{ remoteId: String(n), status: 'active', rawStatus: 'enabled', updatedAt, mainLocale: 'en' },
    contents: { en: { title: `Mug ${n}`, description: '' } },
    offers: [{ remoteId: `${n}.0`, sku: `SKU-${n}`, option: '', stock, prices }],
    pictureUrl: '',
  }
}

/** The shop itself: what it has, and what it is told. */
let shop: Map<string, number>

function pull(at = desk.now()): Promise<number> {
  return inUnit(desk.db, { stores: MERGE_LISTING_STORES, durability: 'relaxed' }, () =>
    mergeRemoteListings(
      desk as never,
      SHOP,
      [...shop].map(([id, stock]) => mug(Number(id), stock, at)),
      null,
    ),
  )
}

/** What may leave does, and the shop's stock is read anew. */
async function send(): Promise<void> {
  for (const row of await desk.db.outbox.toArray()) {
    if (row.kind !== 'push-stock' || row.held) continue
    const { listingRemoteId: id, delta } = row.payload
    shop.set(id, (shop.get(id) ?? 0) + delta)
    await desk.db.outbox.delete(row.id)
    // What the shop answers: its listing with the amount that it has now.
    await desk.db.shadows.update(row.entityKey, { value: mug(Number(id), shop.get(id) ?? 0) })
  }
  desk.at.now += 60_000
  await pull()
}

async function exportOf(db: CaravelDatabase): Promise<void> {
  const wish = { passphrase: PASSPHRASE, suggestedName: 'desk' }
  const begun = await beginExport({ db, workspace: 'own', host: main.host }, wish)
  if (!begun.ok || begun.value === null) throw new Error('not begun')
  await sendRecords({ db, host: main.host }, begun.value, control)
}

async function takeIn(mode: 'replace' | 'merge', db = desk.db): Promise<void> {
  desk.at.now += 60_000
  const chosen = await main.host['import.choose']({ backup: null })
  const session = chosen.ok ? (chosen.value.file?.session ?? '') : ''
  const unlocked = await main.host['import.unlock']({ session, passphrase: PASSPHRASE })
  if (!unlocked.ok) throw new Error(unlocked.error.reason)
  const target = { ...desk, db, host: main.host, breathe: () => Promise.resolve() }
  const { header } = unlocked.value
  const file = { identity: 'one', name: 'desk.caravel' }
  const taken = await importWorkspace(target, { session, file, header, mode, run: 'run' }, control)
  if (!taken.ok) throw new Error(taken.error.reason)
  if (mode === 'merge') return
  const opened = await openDatabase(await activeDatabase('own'))
  if (!opened.ok) throw new Error(opened.error.reason)
  desk.db = opened.value
}

const whats = async () => (await desk.db.activity.toArray()).map(({ what }) => what)

beforeEach(async () => {
  main = await startTransfers()
  desk = await openTestDesk()
  desk.at.now += ++day * 86_400_000
  shop = new Map([
    ['1', 10],
    ['2', 100],
  ])
  await pull()
})
afterEach(() => main.remove())

describe('a file written while stock was frozen, restored', () => {
  beforeEach(async () => {
    await freezeStock(desk, 20, goOn)
    await send()
    expect([...shop.values()]).toEqual([8, 80])
    await saveOffline(desk.db, { since: 1 } as never)
    await exportOf(desk.db)
  })

  it('gives nothing back by itself, and forgets what was given back since', async () => {
    await giveBackStock(desk, goOn)
    await send()
    await takeIn('replace')
    expect(await countFrozen(desk)).toEqual({ listings: 0, pieces: 0 })
    expect(await loadOffline(desk.db)).toBeNull()
    expect(await loadCopiedReserves(desk.db)).toMatchObject({ reserves: [{}, {}] })
    await giveBackStock(desk, goOn)
    await send()
    expect([...shop.values()]).toEqual([10, 100])
    expect(await decideCopiedReserves(desk, { answer: 'given-back' })).toMatchObject({
      value: { listings: 2 },
    })
    expect(await loadCopiedReserves(desk.db)).toBeNull()
    await giveBackStock(desk, goOn)
    await send()
    expect([...shop.values()]).toEqual([10, 100])
    expect(await whats()).toContain('reserve-forgotten')
  })

  it('gives back what is still out once a person says so, and what was frozen on top of it', async () => {
    await takeIn('replace')
    await pull()
    await freezeStock(desk, 50, goOn)
    await send()
    expect([...shop.values()]).toEqual([4, 40])
    await decideCopiedReserves(desk, { answer: 'still-out' })
    expect(await countFrozen(desk)).toEqual({ listings: 2, pieces: 66 })
    await decideCopiedReserves(desk, { answer: 'still-out' })
    await giveBackStock(desk, goOn)
    await send()
    expect([...shop.values()]).toEqual([10, 100])
    expect(await whats()).toContain('reserve-taken-over')
  })

  it('keeps asking in a file of the file', async () => {
    await takeIn('replace')
    const before = await loadCopiedReserves(desk.db)
    await exportOf(desk.db)
    await takeIn('replace')
    expect(await loadCopiedReserves(desk.db)).toEqual(before)
  })

  it('asks nothing about a shop that is removed', async () => {
    await takeIn('replace')
    expect(await disconnectShop(desk, { connectionId: SHOP })).toMatchObject({ ok: true })
    expect(await loadCopiedReserves(desk.db)).toBeNull()
  })
})

describe('a change of stock that a file holds as unsent', () => {
  it.each(['freeze', 'give back'] as const)('is held, so that a %s is not counted twice', async (step) => {
    await freezeStock(desk, 20, goOn)
    if (step === 'give back') {
      await send()
      await giveBackStock(desk, goOn)
    }
    await exportOf(desk.db)
    await send()
    const at = [...shop.values()]
    await takeIn('replace')
    await send()
    expect([...shop.values()]).toEqual(at)
    const rows = await desk.db.outbox.toArray()
    expect(rows).toHaveLength(2)
    for (const row of rows) expect(row).toMatchObject({ held: true, lastIssue: { reason: 'old-stock' } })
  })
})

describe('a file with frozen stock that joins', () => {
  it('asks about the pieces of another desk, once, under the listing as it is here', async () => {
    await freezeStock(desk, 20, goOn)
    await exportOf(desk.db)
    const mine = await openTestDesk()
    await mine.db.connections.clear()
    await mine.db.connections.put({ ...(await desk.db.connections.get(SHOP))!, id: 'elsewhere' as never })
    await takeIn('merge', mine.db)
    const asked = await loadCopiedReserves(mine.db)
    const here = await mine.db.listings.toArray()
    expect(asked?.reserves.map(({ listingId }) => listingId).sort()).toEqual(here.map(({ id }) => id).sort())
    expect(await countFrozen(mine)).toEqual({ listings: 0, pieces: 0 })
    await takeIn('merge', mine.db)
    expect(await loadCopiedReserves(mine.db)).toEqual(asked)
  })

  it('asks nothing about offers of which this desk keeps pieces itself', async () => {
    await freezeStock(desk, 20, goOn)
    await send()
    await exportOf(desk.db)
    const id = (await desk.db.listings.where('[connectionId+remoteId]').equals([SHOP, '1']).first())?.id
    await desk.db.reserves.delete(id as ListingId)
    await takeIn('merge')
    expect((await loadCopiedReserves(desk.db))?.reserves).toMatchObject([{ listingId: id }])
    expect(await countFrozen(desk)).toEqual({ listings: 1, pieces: 20 })
  })
})
