import 'fake-indexeddb/auto'
import Dexie from 'dexie'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ListingId, OutboxId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import type { StoredDocument } from '#renderer/data/records.ts'
import { loadOffline, loadRatesState } from '#renderer/data/repos/settings.repo.ts'
import { declareVersions } from '#renderer/data/schema/migrations.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import { MERGE_LISTING_STORES, mergeRemoteListings } from '#renderer/sync/merge-listings.ts'
import { disconnectShop } from '#renderer/usecases/disconnect-shop.ts'
import { dropOutboxRow } from '#renderer/usecases/drop-outbox-row.ts'
import { editListing } from '#renderer/usecases/edit-listing.ts'
import { fetchPictures } from '#renderer/usecases/fetch-pictures.ts'
import { countFrozen, freezeStock, giveBackStock } from '#renderer/usecases/freeze-stock.ts'
import { comeBackOnline, prepareOffline, type OfflineStep } from '#renderer/usecases/prepare-offline.ts'
import { failAtWrite } from '#tests/support/fail-at-write.ts'
import { freshDatabase, openTestDesk, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

/** Going without a line on purpose: what is taken out of shops comes back, once, whatever happens in between. */

let desk: TestDesk
const goOn = { stopped: () => false, onProgress: () => undefined }

function remote(n: number, stocks: (number | null)[], change: Partial<RemoteListing> = {}): RemoteListing {
  return {
    ...{
      remoteId: String(n),
      status: 'active',
      rawStatus: 'enabled',
      updatedAt: START + n,
      mainLocale: 'en',
    },
    contents: { en: { title: `Mug ${n}`, description: '' } },
    offers: stocks.map((stock, i) => ({
      ...{ remoteId: `${n}.${i}`, sku: `SKU-${n}-${i}`, option: '', stock },
      prices: [{ minor: 1000, currency: 'EUR' }],
    })),
    pictureUrl: `https://shop.example/${n}.png`,
    ...change,
  }
}

function pulled(listings: RemoteListing[]): Promise<number> {
  return inUnit(desk.db, { stores: MERGE_LISTING_STORES, durability: 'relaxed' }, () =>
    mergeRemoteListings(desk as never, SHOP, listings, null),
  )
}

async function stocks(): Promise<Record<string, number | null>> {
  const offers = (await desk.db.listings.toArray()).flatMap((listing) => listing.offers)
  return Object.fromEntries(offers.map(({ remoteId, stock }) => [remoteId, stock]))
}

async function deltas(): Promise<Record<string, number>> {
  const rows = await desk.db.outbox.toArray()
  return Object.fromEntries(
    rows.flatMap((row) =>
      row.kind === 'push-stock' ? [[row.payload.offerRemoteId, row.payload.delta]] : [],
    ),
  )
}

/** The shop took in what waited, and says so. */
async function heard(): Promise<void> {
  await desk.db.outbox.clear()
  for (const { id, offers } of await desk.db.listings.toArray())
    await desk.db.shadows
      .where('entityKey')
      .equals(`listing:${id}`)
      .modify((shadow) => {
        shadow.value = { ...(shadow.value as RemoteListing), offers }
      })
}

const idOf = async (remoteId: string): Promise<ListingId> =>
  (await desk.db.listings.where('[connectionId+remoteId]').equals([SHOP, remoteId]).first())?.id as ListingId

beforeEach(async () => {
  desk = await openTestDesk()
  await pulled([
    remote(1, [10, 3, null]),
    remote(2, [100], { status: 'hidden' }),
    remote(3, [0]),
    remote(4, [9]),
  ])
})

describe('a share of the stock', () => {
  const before = { '1.0': 10, '1.1': 3, '1.2': null, '2.0': 100, '3.0': 0, '4.0': 9 }
  const after = { ...before, '1.0': 8, '4.0': 8 }

  it('is rounded down, of what is counted and on sale', async () => {
    expect(await freezeStock(desk, 20, goOn)).toEqual({ refused: 0 })
    expect(await stocks()).toEqual(after)
    expect(await deltas()).toEqual({ '1.0': -2, '4.0': -1 })
    expect(await countFrozen(desk)).toEqual({ listings: 2, pieces: 3 })
  })

  it('is taken once, also when asked for again or for more', async () => {
    await freezeStock(desk, 20, goOn)
    await freezeStock(desk, 20, goOn)
    await freezeStock(desk, 50, goOn)
    // Of 3 pieces 20 % were none, so nothing was kept of it yet.
    expect(await stocks()).toEqual({ ...after, '1.1': 2 })
    expect(await countFrozen(desk)).toEqual({ listings: 2, pieces: 4 })
  })

  it('is as if it had never been once it was given back before it left', async () => {
    await freezeStock(desk, 20, goOn)
    expect(await giveBackStock(desk, goOn)).toEqual({ refused: 0 })
    expect(await giveBackStock(desk, goOn)).toEqual({ refused: 0 })
    expect(await stocks()).toEqual(before)
    expect(await desk.db.outbox.count()).toBe(0)
    expect(await countFrozen(desk)).toEqual({ listings: 0, pieces: 0 })
  })

  it('goes back as a difference once the shop has heard of it, on what the shop sold meanwhile', async () => {
    await freezeStock(desk, 20, goOn)
    await heard()
    await pulled([
      remote(1, [5, 3, null], { updatedAt: START + 99 }),
      remote(4, [8], { updatedAt: START + 99 }),
    ])
    await giveBackStock(desk, goOn)
    expect(await deltas()).toEqual({ '1.0': 2, '4.0': 1 })
    expect((await stocks())['1.0']).toBe(7)
  })

  it('survives a crash at any write, on the way out and on the way back', async () => {
    for (let at = 1; ; at++) {
      desk = await openTestDesk({}, at)
      await pulled([remote(1, [10, 3, null]), remote(3, [0]), remote(4, [9])])
      const crashed = await failAtWrite(desk, at, async () => {
        await freezeStock(desk, 20, goOn)
        await giveBackStock(desk, goOn)
        await freezeStock(desk, 20, goOn)
      })
      await freezeStock(desk, 20, goOn)
      expect(await deltas(), `crash at write ${at}`).toEqual({ '1.0': -2, '4.0': -1 })
      expect(await countFrozen(desk)).toEqual({ listings: 2, pieces: 3 })
      await giveBackStock(desk, goOn)
      expect(await deltas(), `crash at write ${at}`).toEqual({})
      expect((await stocks())['1.0']).toBe(10)
      if (!crashed) break
    }
  })

  it('is not given back twice when a person dropped the change that took it', async () => {
    await freezeStock(desk, 20, goOn)
    const row = (await desk.db.outbox.toArray()).find(({ entityLabel }) => entityLabel === 'Mug 4')
    await dropOutboxRow(desk, { id: row?.id as OutboxId })
    expect((await stocks())['4.0']).toBe(9)
    await giveBackStock(desk, goOn)
    expect((await stocks())['4.0']).toBe(9)
  })

  it('leaves a stock in conflict to a person, and a listing that is gone takes nothing back', async () => {
    await freezeStock(desk, 20, goOn)
    const field = 'offers.1%2E0.stock'
    const conflict = { entityKey: `listing:${await idOf('1')}`, connectionId: SHOP, label: 'Mug 1' }
    await desk.db.conflicts.put({
      ...{ ...conflict, since: START, updatedAt: START },
      fields: [{ field, before: 10, here: 8, there: 1 }],
    })
    await desk.db.listings.update(await idOf('4'), { state: 'gone' })
    expect(await giveBackStock(desk, goOn)).toEqual({ refused: 1 })
    expect(await countFrozen(desk)).toEqual({ listings: 1, pieces: 2 })
    expect(await desk.db.conflicts.count()).toBe(1)
    await desk.db.conflicts.clear()
    expect(await giveBackStock(desk, goOn)).toEqual({ refused: 0 })
    expect((await stocks())['1.0']).toBe(10)
    expect((await stocks())['4.0']).toBe(8)
  })

  it('keeps a shop from being removed while its pieces are here', async () => {
    await freezeStock(desk, 20, goOn)
    await desk.db.outbox.clear()
    expect(await disconnectShop(desk, { connectionId: SHOP })).toMatchObject({
      error: { reason: 'stock-frozen' },
    })
    expect(await desk.db.connections.count()).toBe(1)
  })

  it("stands beside a person's own change of the same stock", async () => {
    await freezeStock(desk, 20, goOn)
    await editListing(desk, {
      listingId: await idOf('1'),
      values: [{ field: 'offers.1%2E0.stock', value: 20 }],
    })
    await giveBackStock(desk, goOn)
    expect((await stocks())['1.0']).toBe(22)
    expect(await deltas()).toEqual({ '1.0': 12 })
  })
})

it('a database of the layout before keeps its listings, with nothing frozen', async () => {
  const old = new Dexie('before-v5')
  declareVersions(old, 4)
  await old.open()
  const listing = await desk.db.listings.get(await idOf('1'))
  await old.table('listings').add(listing)
  await old.table('settings').add({ key: 'desk', value: { signer: 'Li Wei' } })
  old.close()
  const db = await freshDatabase('before-v5')
  expect(db.verno).toBe(8)
  expect(await db.listings.toArray()).toEqual([listing])
  expect(await countFrozen({ db })).toEqual({ listings: 0, pieces: 0 })
  expect(await db.pictures.count()).toBe(0)
  expect(await loadOffline(db)).toBeNull()
  db.close()
})

describe('pictures', () => {
  const bytes = new Uint8Array(100)
  let asked: string[] = []
  const host: Pick<HostCalls, 'connector.fetch-picture'> = {
    'connector.fetch-picture': ({ url }) => {
      asked.push(url)
      return Promise.resolve(
        url.includes('4')
          ? err(issue('unsupported', { reason: 'picture-elsewhere' }))
          : ok({ mime: 'image/png', bytes }),
      )
    },
  }
  const tools = () => ({ db: desk.db, host, now: desk.now })
  beforeEach(() => (asked = []))

  it('are fetched once, and again only when they change', async () => {
    expect(await fetchPictures(tools(), goOn)).toEqual({ stored: 3, lacking: 1, full: false })
    asked = []
    expect(await fetchPictures(tools(), goOn)).toEqual({ stored: 3, lacking: 1, full: false })
    expect(asked).toEqual(['https://shop.example/4.png'])
    await desk.db.listings.update(await idOf('1'), { pictureUrl: 'https://shop.example/new.png' })
    await desk.db.listings.update(await idOf('2'), { state: 'gone' })
    await desk.db.listings.update(await idOf('3'), { pictureUrl: '' })
    expect(await fetchPictures(tools(), goOn)).toEqual({ stored: 1, lacking: 1, full: false })
    expect((await desk.db.pictures.toArray()).map(({ url }) => url)).toEqual(['https://shop.example/new.png'])
  })

  it('keep the one they have while a better one cannot be had', async () => {
    await fetchPictures(tools(), goOn)
    await desk.db.listings.update(await idOf('1'), { pictureUrl: 'https://shop.example/44.png' })
    await fetchPictures(tools(), goOn)
    expect((await desk.db.pictures.get(await idOf('1')))?.url).toBe('https://shop.example/1.png')
  })

  it('never take more room than they may', async () => {
    const found = await fetchPictures({ ...tools(), mostBytes: 250 }, goOn)
    expect(found).toEqual({ stored: 2, lacking: 2, full: true })
    expect(await desk.db.pictures.count()).toBe(2)
  })
})

describe('preparing the desk', () => {
  const steps: OfflineStep[] = []
  const set = { base: 'EUR', date: '2026-11-20', source: 'ecb', rates: { USD: '1.1' } }
  const answer = ok({ sets: [set], leftOut: [] })
  let asked = 0
  let pullRates: HostCalls['connector.pull-rates']
  beforeEach(() => {
    asked = 0
    pullRates = () => Promise.resolve(asked++ === 0 ? answer : err(issue('remote-down')))
  })
  const tools = (pulls = true) => ({
    ...{ ...desk, sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 1)) },
    host: {
      'connector.pull-rates': pullRates,
      'connector.fetch-picture': () =>
        Promise.resolve(err(issue('not-found', { reason: 'picture-missing' }))),
    },
    engine: {
      kick: () => undefined,
      settled: () => Promise.resolve(),
      syncNow: () => {
        if (pulls) void desk.db.connections.update(SHOP, { lastSuccessAt: desk.now() })
      },
    },
  })
  const control = { stopped: () => false, onStep: (step: OfflineStep) => void steps.push(step) }

  it('goes through every step and says what it came to', async () => {
    steps.length = 0
    const prepared = await prepareOffline(tools(), { share: 20 }, control)
    expect([...new Set(steps)]).toEqual(['pull', 'send', 'freeze', 'labels', 'rates', 'pictures'])
    expect(prepared).toMatchObject({
      value: {
        ...{ since: START, preparedAt: START, share: 20 },
        report: {
          ...{ unsent: 2, frozen: { listings: 2, pieces: 3 }, notFrozen: 0 },
          ...{ labels: { ready: 0, lacking: [] }, pictures: { stored: 0, lacking: 4, full: false } },
        },
      },
    })
    expect((await desk.db.rateSets.toArray()).map(({ id }) => id)).toEqual(['ecb:2026-11-20'])
    desk.at.now += 60_000
    await prepareOffline(tools(), { share: 20 }, control)
    // Nothing newer is out on a Sunday, so nobody is asked.
    expect(asked).toBe(1)
    expect(await loadOffline(desk.db)).toMatchObject({ since: START, preparedAt: START + 60_000 })
    // What rested so that it could be undone goes at once.
    expect((await desk.db.outbox.toArray()).every(({ nextAttemptAt }) => nextAttemptAt <= desk.now())).toBe(
      true,
    )
  })

  it('names shops that did not answer, and orders whose label is not here', async () => {
    await desk.db.orderRows.bulkPut(
      ['A-1', 'A-2'].map((number, i) => ({ id: `o${i}`, number, queue: 'label_ready', sortKey: i }) as never),
    )
    await desk.db.documents.put({ id: 'd', orderId: 'o0' } as unknown as StoredDocument)
    const prepared = await prepareOffline(tools(false), { share: 0 }, control)
    expect(prepared).toMatchObject({
      value: { report: { notPulled: ['Test shop'], labels: { ready: 2, lacking: ['A-2'] } } },
    })
    expect(await countFrozen(desk)).toEqual({ listings: 0, pieces: 0 })
  })

  it.each([-1, 91, 1.5, Number.NaN])('takes no share of %s percent', async (share) => {
    expect(await prepareOffline(tools(), { share }, control)).toMatchObject({
      error: { reason: 'share-range' },
    })
    expect(await desk.db.reserves.count()).toBe(0)
  })

  it('goes on with the rates it has when none can be had, and does not wait for them once it is stopped', async () => {
    pullRates = () => Promise.resolve(err(issue('remote-down', { reason: 'no-connection' })))
    expect((await prepareOffline(tools(), { share: 0 }, control)).ok).toBe(true)
    expect(await loadRatesState(desk.db)).toMatchObject({ triedAt: START, issue: { code: 'remote-down' } })
    pullRates = () => new Promise(() => undefined)
    let over = false
    const onStep = (step: OfflineStep) => {
      if (step === 'rates') setTimeout(() => (over = true), 5)
    }
    const stopped = await prepareOffline(tools(), { share: 0 }, { stopped: () => over, onStep })
    expect(stopped).toMatchObject({ error: { code: 'cancelled' } })
  })

  it('stops when it is told to, also while shops do not answer', async () => {
    const hanging = {
      ...tools(),
      engine: { ...tools().engine, settled: () => new Promise<void>(() => undefined) },
    }
    let looks = 0
    const stopped = () => ++looks > 5
    expect(await prepareOffline(hanging, { share: 20 }, { ...control, stopped })).toMatchObject({
      error: { code: 'cancelled' },
    })
    expect(await loadOffline(desk.db)).toBeNull()
  })

  it('is over when everything went back', async () => {
    await prepareOffline(tools(), { share: 20 }, control)
    expect(await comeBackOnline(tools(), control)).toEqual({ ok: true, value: { refused: 0 } })
    expect(await loadOffline(desk.db)).toBeNull()
    expect((await stocks())['1.0']).toBe(10)
  })
})
