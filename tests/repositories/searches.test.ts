import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { loadSearches } from '#renderer/data/repos/settings.repo.ts'
import { countRecords, dumpTables } from '#renderer/data/transfer/dump-tables.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { forgetSearches, noteSearch } from '#renderer/usecases/note-search.ts'
import { purgeBuyers } from '#renderer/usecases/purge-buyers.ts'
import { saveSettings } from '#renderer/usecases/save-settings.ts'
import { openTestDesk, remoteOrder, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

const DAY = 86_400_000
const texts = async ({ db }: TestDesk) => (await loadSearches(db)).map(({ text }) => text)
const purge = (desk: TestDesk) =>
  purgeBuyers({ ...desk, breathe: () => Promise.resolve(), stopped: () => false })

it('keeps the last ten searches, each once, the last first, until they are forgotten', async () => {
  const desk = await openTestDesk()
  for (let i = 1; i <= 12; i++) await noteSearch(desk, ` buyer ${i} `)
  await noteSearch(desk, 'BUYER  7')
  await noteSearch(desk, '  ')
  expect(await texts(desk)).toEqual(['BUYER  7', ...[12, 11, 10, 9, 8, 6, 5, 4, 3].map((i) => `buyer ${i}`)])
  await noteSearch(desk, 'x'.repeat(100_000))
  expect((await texts(desk))[0]).toHaveLength(200)
  await forgetSearches(desk)
  expect(await texts(desk)).toEqual([])
})

it('leaves searches out of every file', async () => {
  const desk = await openTestDesk()
  const before = await countRecords(desk.db)
  await noteSearch(desk, 'Zoë Secret')
  expect(await countRecords(desk.db)).toEqual(before)
  let records = 0
  for await (const page of dumpTables(desk.db)) {
    expect(new TextDecoder().decode(page.bytes)).not.toContain('Secret')
    if (page.table === 'settings') records += page.records
  }
  expect(records).toBe(before['settings'])
  expect(records).toBeGreaterThan(0)
})

it('forgets searches with the buyers, and those that are as old', async () => {
  const desk = await openTestDesk()
  await inUnit(desk.db, { stores: MERGE_STORES, durability: 'relaxed' }, () =>
    mergeRemoteOrders({ ...desk, aliveSince: 0, breathe: () => Promise.resolve() }, SHOP, [
      remoteOrder(1, { status: 'delivered' }),
    ]),
  )
  await saveSettings(desk, { patch: { retentionDays: 30 } })
  await noteSearch(desk, 'old')
  desk.at.now += 10 * DAY
  await noteSearch(desk, 'newer')
  await purge(desk)
  expect(await texts(desk)).toEqual(['newer', 'old'])
  desk.at.now += 300 * DAY
  await noteSearch(desk, 'of today')
  expect(await purge(desk)).toEqual({ ok: true, value: { purged: 1 } })
  expect(await texts(desk)).toEqual([])
  await noteSearch(desk, 'x')
  desk.at.now += 31 * DAY
  await noteSearch(desk, 'y')
  expect(await purge(desk)).toEqual({ ok: true, value: { purged: 0 } })
  expect(await texts(desk)).toEqual(['y'])
})
