import 'fake-indexeddb/auto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { EXPORT_COLUMNS, type OrdersFile } from '#core/order/export-columns.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { exportOrders } from '#renderer/usecases/export-orders.ts'
import { tagOrder } from '#renderer/usecases/tag-order.ts'
import { startTransfers, type MainTransfers } from '#tests/support/main-transfers.ts'
import { openTestDesk, remoteOrder, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

/** A file of orders: what is in it, that it is sent page by page, and that nothing is left of one that was stopped. */

let desk: TestDesk
let main: MainTransfers
const ALL: OrdersFile = { columns: EXPORT_COLUMNS, titles: EXPORT_COLUMNS, mark: false }

beforeEach(async () => {
  desk = await openTestDesk()
  main = await startTransfers()
})
afterEach(() => main.remove())

async function pull(count: number, change: Parameters<typeof remoteOrder>[1] = {}): Promise<OrderId[]> {
  const remote = Array.from({ length: count }, (_, i) => remoteOrder(i + 1, change))
  await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(desk as never, SHOP, remote),
  )
  return (await desk.db.orders.toCollection().primaryKeys()) as OrderId[]
}

async function begin(): Promise<string> {
  const begun = await main.host['export.begin']({ kind: 'csv', suggestedName: 'orders' })
  if (!begun.ok || begun.value.session === null) throw new Error('not begun')
  return begun.value.session
}

const going = { stopped: () => false, onProgress: () => undefined }
const left = async () =>
  (await readdir(main.folder)).filter((name) => name.includes(path.basename(main.place)))

it('has amounts with their currency, times as ISO, and no formula of a buyer', async () => {
  const [one] = await pull(1, { buyerName: '=HYPERLINK("x")' })
  await tagOrder(desk, { orderId: one!, tag: 'a, b' })
  const file: OrdersFile = {
    columns: ['number', 'shop', 'placed', 'buyer', 'total', 'currency', 'tags'],
    titles: ['Order', 'Shop', 'Placed', 'Buyer', 'Total', 'Currency', '=Tags'],
    mark: true,
  }
  const source = { db: desk.db, host: main.host }
  const sent = await exportOrders(
    source,
    { session: await begin(), ids: [one!, 'gone' as OrderId], file },
    going,
  )
  expect(sent).toEqual({ ok: true, value: { count: 1 } })
  expect(await left()).toEqual([path.basename(main.place)])
  expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readFile(main.place))).toBe(
    "\uFEFFOrder,Shop,Placed,Buyer,Total,Currency,'=Tags\r\n" +
      `A-1001,Test shop,${new Date(START - 60_000).toISOString()},"'=HYPERLINK(""x"")",25.80,EUR,"a, b"\r\n`,
  )
})

it('is sent a page at a time: no more than one is under way, however many orders there are', async () => {
  const ids = await pull(1200)
  const done: number[] = []
  const sizes: number[] = []
  let underWay = 0
  const write: (typeof main.host)['export.write'] = async (input) => {
    expect(++underWay).toBe(1)
    sizes.push(input.bytes.length)
    const answer = await main.host['export.write'](input)
    underWay--
    return answer
  }
  const sent = await exportOrders(
    { db: desk.db, host: { ...main.host, 'export.write': write } },
    { session: await begin(), ids, file: ALL },
    { ...going, onProgress: (now, total) => done.push(now / total) },
  )
  expect(sent).toMatchObject({ ok: true, value: { count: 1200 } })
  expect(done).toEqual([500 / 1200, 1000 / 1200, 1])
  const text = await readFile(main.place, 'utf8')
  expect(text.split('\r\n')).toHaveLength(1200 + 2)
  expect(Math.max(...sizes)).toBeLessThan(text.length / 2)
})

it('leaves nothing when it is stopped, when the disk refuses, or when the store does', async () => {
  const ids = await pull(600)
  const run = async (host: Partial<typeof main.host>, stopped = () => false) =>
    exportOrders(
      { db: desk.db, host: { ...main.host, ...host } },
      { session: await begin(), ids, file: ALL },
      { ...going, stopped },
    )
  let pages = 0
  expect(await run({}, () => ++pages > 1)).toMatchObject({ error: { code: 'cancelled' } })
  const full = { code: 'unsupported', reason: 'export-not-written' } as const
  expect(await run({ 'export.write': () => Promise.resolve({ ok: false, error: full }) })).toMatchObject({
    error: full,
  })
  const lost = new Error('gone')
  await expect(run({ 'export.write': () => Promise.reject(lost) })).rejects.toBe(lost)
  expect(await left()).toEqual([])
})

it('and a whole workspace are not written at once; a second file of orders takes the place of the first', async () => {
  const first = await begin()
  const facts = { schemaVersion: 7, workspace: 'own', counts: {} } as const
  const workspace = { kind: 'file', passphrase: 'correct horse', suggestedName: 'x', ...facts } as const
  const backup = { kind: 'backup', occasion: 'daily', ...facts } as const
  const refused = { error: { code: 'conflict', reason: 'transfer-running' } }
  expect(await main.host['export.begin'](workspace)).toMatchObject(refused)
  expect(await main.host['export.begin'](backup)).toMatchObject(refused)
  const second = await begin()
  const bytes = new TextEncoder().encode('a\r\n')
  expect(await main.host['export.write']({ session: first, table: 'orders', bytes })).toMatchObject({
    error: { reason: 'transfer-gone' },
  })
  await main.host['export.write']({ session: second, table: 'orders', bytes })
  expect(await main.host['export.finish']({ session: second, counts: { orders: 2 } })).toMatchObject({
    error: { reason: 'export-counts' },
  })
  expect(await left()).toEqual([])
  expect(await main.host['export.begin'](workspace)).toMatchObject({ ok: true })
  expect(await main.host['export.begin']({ kind: 'csv', suggestedName: 'x' })).toMatchObject(refused)
})
