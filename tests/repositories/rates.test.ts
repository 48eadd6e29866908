import 'fake-indexeddb/auto'
import Dexie from 'dexie'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { RateSet } from '#core/money/rate-set.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watchSafetyFacts } from '#renderer/data/queries/offline.ts'
import { watchRates } from '#renderer/data/queries/rates.ts'
import { saveRateSets } from '#renderer/data/repos/rates.repo.ts'
import { loadRatesState } from '#renderer/data/repos/settings.repo.ts'
import { declareVersions } from '#renderer/data/schema/migrations.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { Watched } from '#renderer/data/queries/watch.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import { areRatesDue, fetchRates } from '#renderer/usecases/fetch-rates.ts'
import { importRatesFile } from '#renderer/usecases/import-rates-file.ts'
import { keepRates } from '#renderer/worker/keep-rates.ts'
import { freshDatabase, openTestDesk, START, type TestDesk } from '#tests/support/test-desk.ts'

const DAY = 24 * 3_600_000
const set = (date: string, usd = '1.1', source = 'ecb'): RateSet => ({
  ...{ base: 'EUR', date, source },
  rates: { USD: usd },
})

let desk: TestDesk
beforeEach(async () => (desk = await openTestDesk()))

const save = (sets: RateSet[], from: 'line' | 'file' = 'line', db: CaravelDatabase = desk.db) =>
  inUnit(db, { stores: ['rateSets'], durability: 'strict' }, () =>
    saveRateSets(db, sets, { from, storedAt: START }),
  )
const days = async () => (await desk.db.rateSets.orderBy('date').toArray()).map(({ date }) => date)
const usd = async (id: string) => (await desk.db.rateSets.get(id))?.rates['USD']

function once<T>(watched: Watched<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const watching = watched.subscribe((value) => {
      resolve(value)
      setTimeout(() => watching.unsubscribe())
    }, reject)
  })
}

describe('sets of rates', () => {
  it('stay as they came, unless they came from a file and the bank says otherwise', async () => {
    expect(await save([set('2026-11-20'), set('2026-11-19')])).toEqual({ added: 2, newest: '2026-11-20' })
    expect(await save([set('2026-11-20', '9'), set('2026-11-18')], 'file')).toEqual({
      ...{ added: 1, newest: '2026-11-20' },
    })
    expect(await save([set('2026-11-20', '8'), set('2026-11-18', '1.2')])).toMatchObject({ added: 1 })
    expect([await usd('ecb:2026-11-20'), await usd('ecb:2026-11-18')]).toEqual(['1.1', '1.2'])
  })

  it('are kept for 830 days before the newest, whatever the clock says', async () => {
    const all = Array.from({ length: 900 }, (_, n) =>
      set(new Date(Date.UTC(2026, 10, 20) - n * DAY).toISOString().slice(0, 10)),
    )
    await save(all)
    expect(await desk.db.rateSets.count()).toBe(831)
    await save([set('2020-01-01')], 'file')
    expect((await days())[0]).toBe('2024-08-12')
  })
})

describe('fetching', () => {
  const spans: [string, string][] = []
  let answer: Awaited<ReturnType<HostCalls['connector.pull-rates']>>
  const host: Pick<HostCalls, 'connector.pull-rates'> = {
    'connector.pull-rates': ({ connectionId, span }) => {
      spans.push([connectionId, span])
      return Promise.resolve(answer)
    },
  }
  const tools = (db = desk.db) => ({ db, host, now: desk.now })
  beforeEach(() => {
    spans.length = 0
    answer = ok({ sets: [set('2026-11-20'), set('2026-11-19')], leftOut: [] })
  })

  it('asks for 90 days first, for one day when one is missing, and for 90 after a while away', async () => {
    await fetchRates(tools())
    desk.at.now = Date.UTC(2026, 10, 23, 18)
    answer = ok({ sets: [set('2026-11-23')], leftOut: [] })
    expect(await fetchRates(tools())).toEqual(ok({ added: 1, newest: '2026-11-23' }))
    desk.at.now += 9 * DAY
    await fetchRates(tools())
    expect(spans).toEqual([
      ['rates', 'days-90'],
      ['rates', 'latest'],
      ['rates', 'days-90'],
    ])
    const demo = await freshDatabase('caravel-demo.rates-test')
    await fetchRates(tools(demo))
    expect(spans.at(-1)).toEqual(['demo-rates', 'days-90'])
    demo.close()
  })

  it('says what it came to, and keeps what is here when it fails', async () => {
    const leftOut = { date: '2026-11-20', code: 'QQQ', rate: '1', reason: 'currency-unknown' as const }
    answer = ok({ sets: [set('2026-11-20')], leftOut: Array.from({ length: 64 }, () => leftOut) })
    await fetchRates(tools())
    expect(await loadRatesState(desk.db)).toEqual({
      ...{ triedAt: START, issue: null },
      leftOut: Array.from({ length: 20 }, () => leftOut),
    })
    answer = err(issue('malformed', { reason: 'rates-none' }))
    expect((await fetchRates(tools())).ok).toBe(false)
    expect(await once(watchRates(desk.db))).toMatchObject({
      ...{ newest: { id: 'ecb:2026-11-20', from: 'line', storedAt: START }, days: 1 },
      state: { issue: { reason: 'rates-none' }, leftOut: [] },
    })
  })

  it('is due when newer rates are out, an hour after the last attempt, and only where a shop is connected', async () => {
    const due = (lineBack = false) => areRatesDue(tools(), lineBack)
    expect(await due()).toBe(true)
    await fetchRates(tools())
    expect(await due()).toBe(false)
    // Saturday and Sunday have Friday's rates; Monday's come in the afternoon.
    desk.at.now = Date.UTC(2026, 10, 23, 15)
    expect(await due()).toBe(false)
    desk.at.now = Date.UTC(2026, 10, 23, 15, 15)
    expect(await due()).toBe(true)
    answer = err(issue('remote-down'))
    await fetchRates(tools())
    desk.at.now += 61_000
    expect([await due(), await due(true)]).toEqual([false, true])
    desk.at.now += 3_600_000
    expect(await due()).toBe(true)
    await desk.db.connections.clear()
    expect(await due()).toBe(false)
  })

  it('is not put off by a clock that was ahead', async () => {
    answer = err(issue('remote-down'))
    await fetchRates(tools())
    desk.at.now -= 3 * DAY
    expect(await areRatesDue(tools())).toBe(true)
  })

  it('happens by itself while the disk has room, and stops with the worker', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
    const settle = async () => {
      for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve))
    }
    try {
      let room = false
      const errors: unknown[] = []
      const keeper = keepRates(tools(), { mayWrite: () => room, onError: (error) => errors.push(error) })
      vi.advanceTimersByTime(10_000)
      await settle()
      expect(spans).toEqual([])
      room = true
      vi.advanceTimersByTime(15 * 60_000)
      await settle()
      expect(spans).toEqual([['rates', 'days-90']])
      vi.advanceTimersByTime(60 * 60_000)
      await settle()
      expect(spans).toHaveLength(1)
      keeper.stop()
      desk.at.now += 5 * DAY
      vi.advanceTimersByTime(60 * 60_000)
      keeper.lineBack()
      await settle()
      expect([spans.length, errors]).toEqual([1, []])
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a file', () => {
  it('brings what the line could not', async () => {
    const text = 'Date,USD,JPY,\n2026-11-20,1.10,170.00,\n2026-11-19,1.11,N/A,\n'
    expect(await importRatesFile(desk, { text })).toEqual(ok({ added: 2, newest: '2026-11-20' }))
    expect(await importRatesFile(desk, { text })).toEqual(ok({ added: 0, newest: '2026-11-20' }))
    expect((await once(watchRates(desk.db))).newest).toMatchObject({ from: 'file', rates: { JPY: '170.00' } })
    expect(await importRatesFile(desk, { text: '%PDF' })).toMatchObject({ error: { reason: 'rates-file' } })
  })
})

describe('how long the data is safe', () => {
  it('depends on rates only where an open order is in another currency', async () => {
    const ratesOf = async () => (await once(watchSafetyFacts(desk.db))).ratesOf
    const order = (currency: string, queue: string) =>
      ({ id: `0${currency}${queue}`, queue, sortKey: 1, number: 'A', currency, shipBy: null }) as never
    await save([set('2026-11-20')])
    await desk.db.orderRows.bulkPut([order('EUR', 'to_ship'), order('USD', 'shipped')])
    expect(await ratesOf()).toBeNull()
    await desk.db.orderRows.put(order('USD', 'blocked'))
    expect(await ratesOf()).toBe('2026-11-20')
    await desk.db.rateSets.clear()
    expect(await ratesOf()).toBeNull()
  })
})

it('a database of the layout before keeps what it has, without rates', async () => {
  const old = new Dexie('before-v6')
  declareVersions(old, 5)
  await old.open()
  await old.table('reserves').add({ listingId: 'l1', connectionId: 'c', offers: [], since: START })
  await old.table('settings').add({ key: 'desk', value: { signer: 'Li Wei' } })
  old.close()
  const db = await freshDatabase('before-v6')
  expect(db.verno).toBe(8)
  expect(await db.reserves.count()).toBe(1)
  expect(await once(watchRates(db))).toEqual({ newest: null, days: 0, state: null })
  expect(await save([set('2026-11-20')], 'line', db)).toMatchObject({ added: 1 })
  db.close()
})
