import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BulkJobId, OrderId } from '#core/shared/ids.ts'
import type { Order } from '#core/order/order.ts'
import { toOrderRow } from '#core/order/order-row.ts'
import type { OrderVerb } from '#core/order/order-verbs.ts'
import type { BulkVerb } from '#renderer/data/bulk-records.ts'
import { verifyJournal } from '#renderer/data/queries/journal.ts'
import { readBulkJobs } from '#renderer/data/queries/bulk-jobs.ts'
import { verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { loadOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { assignOrder } from '#renderer/usecases/assign-order.ts'
import { beginBulk } from '#renderer/usecases/begin-bulk.ts'
import { bringBackDue } from '#renderer/usecases/bring-back-due.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { cancelBulk } from '#renderer/usecases/cancel-bulk.ts'
import { holdOrder } from '#renderer/usecases/hold-order.ts'
import { previewLabels } from '#renderer/usecases/preview-labels.ts'
import { parkOrder } from '#renderer/usecases/park-order.ts'
import { tagOrder } from '#renderer/usecases/tag-order.ts'
import { undoBulk } from '#renderer/usecases/undo-bulk.ts'
import { runBulkJobs } from '#renderer/worker/bulk-runner.ts'
import { failAtWrite } from '#tests/support/fail-at-write.ts'
import { MUG, openTestDesk, remoteOrder, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

/** Verbs on many orders: what they write, what they leave alone, and that a crash anywhere loses nothing and doubles nothing. */

let desk: TestDesk

beforeEach(async () => {
  desk = await openTestDesk()
})

function pull(numbers: readonly number[], change: Parameters<typeof remoteOrder>[1] = {}): Promise<unknown> {
  return inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(
      desk as never,
      SHOP,
      numbers.map((n) => remoteOrder(n, change)),
    ),
  )
}

async function all(): Promise<Order[]> {
  const orders = await loadOrders(desk.db, (await desk.db.orders.toCollection().primaryKeys()) as OrderId[])
  return orders.sort((a, b) => Number(a.remoteId) - Number(b.remoteId))
}

const ids = async () => (await all()).map(({ id }) => id)

async function begin(verb: BulkVerb, of?: readonly OrderId[]): Promise<BulkJobId> {
  // The newest job is the one with the newest id, and ids of one millisecond have no order.
  desk.at.now += 1
  const begun = await beginBulk(desk, { verb, ids: of ?? (await ids()) })
  if (!begun.ok) throw new Error(begun.error.reason)
  return begun.value
}

/** Runs what is open until nothing is. */
async function runAll(): Promise<void> {
  const runner = runBulkJobs({
    ...desk,
    breathe: () => Promise.resolve(),
    mayWrite: () => true,
    onError: (error) => {
      throw error
    },
  })
  for (let i = 0; i < 2000; i++) {
    const open = (await readBulkJobs(desk.db)).some(({ endedAt }) => endedAt === null)
    if (!open) break
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await runner.stop()
}

async function expectWhole(): Promise<void> {
  expect(await verifyCounters(desk.db)).toEqual([])
  const rows = await desk.db.orderRows.toArray()
  const orders = new Map((await all()).map((order) => [order.id, order]))
  for (const row of rows) expect(row).toEqual(toOrderRow(orders.get(row.id)!))
  const noted = (await desk.db.orderChanges.toArray()).flatMap((change) => change.ids)
  expect(new Set(noted)).toEqual(new Set(orders.keys()))
  const journal = await verifyJournal(desk.db, () => Promise.resolve())
  expect(journal).toMatchObject({ broken: null })
}

const job = async () => (await readBulkJobs(desk.db))[0]
/** Without what no undo brings back. */
const bare = (orders: readonly Order[]) => orders.map((order) => ({ ...order, updatedAt: 0 }))

describe('a verb on many orders', () => {
  it('changes all of them, says which it left alone and why, and each has its entry', async () => {
    await pull([1, 2, 3])
    await pull([4], { status: 'shipped' })
    await begin({ kind: 'hold' })
    await runAll()
    expect(await job()).toMatchObject({ state: 'done', total: 4, done: 4, changed: 3, refused: 1 })
    expect((await all()).map(({ held }) => held)).toEqual([true, true, true, false])
    const [step] = await desk.db.bulkSteps.toArray()
    expect(step?.refused).toMatchObject([{ number: 'A-1004', issue: { reason: 'stage' } }])
    const entries = await desk.db.activity.toArray()
    expect(entries.filter(({ what }) => what === 'held')).toHaveLength(3)
    await expectWhole()
  })

  it('leaves an order that is so already without an entry', async () => {
    await pull([1, 2])
    const [first] = await ids()
    await tagOrder(desk, { orderId: first!, tag: 'Fragile' })
    await begin({ kind: 'tag', tag: ' fragile ' })
    await runAll()
    expect(await job()).toMatchObject({ changed: 1, refused: 0, done: 2 })
    expect((await all()).map(({ tags }) => tags)).toEqual([['Fragile'], ['fragile']])
  })

  it('sends notes to shops that keep them, and takes them back', async () => {
    await pull([1, 2])
    await begin({ kind: 'note', note: 'Gift', mode: 'append' })
    await runAll()
    const rows = await desk.db.outbox.toArray()
    expect(rows.map(({ kind, payload }) => [kind, payload])).toMatchObject([
      ['note-order', { before: '', note: 'Gift' }],
      ['note-order', { before: '', note: 'Gift' }],
    ])
    await undoBulk(desk, { jobId: (await job())!.id })
    await runAll()
    expect(await desk.db.outbox.count()).toBe(0)
    expect((await all()).map(({ note }) => note)).toEqual(['', ''])
  })

  it('is stopped after the unit it is at; what was done can be taken back', async () => {
    await pull(Array.from({ length: 120 }, (_, i) => i + 1))
    const jobId = await begin({ kind: 'hand-over' })
    await cancelBulk(desk, { jobId })
    await runAll()
    expect(await job()).toMatchObject({ state: 'cancelled', done: 0 })
    await undoBulk(desk, { jobId })
    await runAll()
    expect(await job()).toMatchObject({ state: 'undone', undone: 0, left: 0 })
  })

  it('leaves orders alone in its undo that somebody has changed since', async () => {
    await pull([1, 2, 3])
    const [first] = await ids()
    const jobId = await begin({ kind: 'assign', to: 'Mei' })
    await runAll()
    await assignOrder(desk, { orderId: first!, to: 'Jonas' })
    await undoBulk(desk, { jobId })
    await runAll()
    expect(await job()).toMatchObject({ state: 'undone', undone: 2, left: 1 })
    expect((await all()).map(({ assignee }) => assignee)).toEqual(['Jonas', undefined, undefined])
    await expectWhole()
  })

  it('does not lose what a pull brings between two units', async () => {
    await pull(Array.from({ length: 600 }, (_, i) => i + 1))
    const jobId = await begin({ kind: 'tag', tag: 'late' })
    let between = false
    const runner = runBulkJobs({
      ...desk,
      breathe: async () => {
        if (between) return
        between = true
        await pull([1, 599], { buyerName: 'New name', updatedAt: START + 9_000_000 })
      },
      mayWrite: () => true,
      onError: (error) => {
        throw error
      },
    })
    while ((await job())?.state === 'running') await new Promise((resolve) => setTimeout(resolve, 1))
    await runner.stop()
    const orders = await all()
    expect(orders.every(({ tags }) => tags?.[0] === 'late')).toBe(true)
    expect([orders[0]?.buyerName, orders[598]?.buyerName]).toEqual(['New name', 'New name'])
    expect((await readBulkJobs(desk.db))[0]).toMatchObject({ id: jobId, changed: 600 })
    await expectWhole()
  }, 30_000)

  it('keeps the newest twenty, and none for longer than a week', async () => {
    await pull([1])
    for (let i = 0; i < 22; i++) {
      desk.at.now += 1000
      await begin(i % 2 === 0 ? { kind: 'hold' } : { kind: 'release' })
      await runAll()
    }
    expect([await desk.db.bulkJobs.count(), await desk.db.bulkSteps.count()]).toEqual([20, 20])
    desk.at.now += 8 * 86_400_000
    await begin({ kind: 'hold' })
    expect(await desk.db.bulkJobs.count()).toBe(1)
  })
})

const verbs: fc.Arbitrary<OrderVerb> = fc.oneof(
  fc.constant<OrderVerb>({ kind: 'hold' }),
  fc.constant<OrderVerb>({ kind: 'release' }),
  fc.constantFrom<OrderVerb>({ kind: 'park', until: null }, { kind: 'park', until: START + 86_400_000 }),
  fc.constant<OrderVerb>({ kind: 'bring-back' }),
  fc.constantFrom('red', 'Blue', 'x').map((tag): OrderVerb => ({ kind: 'tag', tag })),
  fc.constantFrom('RED', 'blue').map((tag): OrderVerb => ({ kind: 'untag', tag })),
  fc.constantFrom('', 'Mei').map((to): OrderVerb => ({ kind: 'assign', to })),
  fc
    .record({ note: fc.constantFrom('', 'Gift'), mode: fc.constantFrom<'set' | 'append'>('set', 'append') })
    .map((note): OrderVerb => ({ kind: 'note', ...note })),
)

/** Orders that a person has worked on in several ways. */
async function workedOn(): Promise<void> {
  await pull([1, 2, 3])
  await pull([4], { status: 'shipped' })
  const [one, two, three] = await ids()
  await holdOrder(desk, { orderId: one! })
  await tagOrder(desk, { orderId: one!, tag: 'red' })
  await tagOrder(desk, { orderId: one!, tag: 'blue' })
  await parkOrder(desk, { orderId: two!, until: null })
  await assignOrder(desk, { orderId: two!, to: 'Jonas' })
  await tagOrder(desk, { orderId: three!, tag: 'blue' })
}

describe('for any verb', () => {
  it('taken back, everything is as it was', async () => {
    await fc.assert(
      fc.asyncProperty(verbs, async (verb) => {
        desk = await openTestDesk()
        await workedOn()
        const before = await all()
        const jobId = await begin(verb)
        await runAll()
        await undoBulk(desk, { jobId })
        await runAll()
        expect(bare(await all())).toEqual(bare(before))
        const { changed, undone, left } = (await job())!
        expect([undone, left]).toEqual([changed, 0])
        await expectWhole()
      }),
      { numRuns: 20 },
    )
  }, 60_000)

  it('a crash at any write, and a new start, come to the same as none', async () => {
    for (const verb of fc.sample(verbs, { numRuns: 6, seed: 7 })) {
      const { end: wanted } = await crashAndGoOn(verb, 0)
      let at = 1
      for (; ; at++) {
        const { came, end } = await crashAndGoOn(verb, at)
        expect(end).toEqual(wanted)
        if (!came) break
      }
      // The orders, their rows, the timeline, the step and the job at least, when the verb does anything.
      expect(at).toBeGreaterThan(2)
    }
  }, 120_000)
})

/** Does a verb and takes it back, with a crash at one of the writes; then starts again until all is done. */
async function crashAndGoOn(verb: OrderVerb, at: number): Promise<{ came: boolean; end: unknown }> {
  desk = await openTestDesk()
  await workedOn()
  let came = false
  const jobId = await begin(verb)
  came = await failAtWrite(desk, at, () => runSteps())
  await runAll()
  const done = bare(await all())
  const counts = await job()
  await undoBulk(desk, { jobId })
  await runAll()
  return { came, end: { done: done.map(withoutIds), counts: { ...counts, id: '' } } }
}

const withoutIds = ({ id: _id, ...order }: Order) => order

/** The runner, with its first failure thrown. */
async function runSteps(): Promise<void> {
  let failed: Error | undefined
  const runner = runBulkJobs({
    ...desk,
    breathe: () => Promise.resolve(),
    mayWrite: () => true,
    onError: (error) => (failed ??= error as Error),
  })
  while (failed === undefined && (await job())?.endedAt === null)
    await new Promise((resolve) => setTimeout(resolve, 1))
  await runner.stop()
  if (failed !== undefined) throw failed
}

describe('verbs of parcels', () => {
  const toLabel = async (): Promise<BulkVerb> => ({
    kind: 'label',
    poolId: (await desk.db.pools.toArray())[0]!.id,
    weight: { kind: 'net-plus', grams: 30 },
  })

  beforeEach(async () => {
    await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
    await pull([1, 2, 3])
    await pull([4], { status: 'shipped' })
  })

  it('labels: what the preview says comes true, and a number is spent once whatever write a crash hits', async () => {
    const verb = (await toLabel()) as BulkVerb & { kind: 'label' }
    const preview = await previewLabels(desk, { ...verb, ids: await ids() })
    expect(preview).toMatchObject({ value: { ready: 3, refused: 1, first: [{ number: 'A-1004' }] } })
    for (let at = 1; ; at += 3) {
      desk = await openTestDesk()
      await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
      await pull([1, 2])
      await begin(await toLabel())
      const came = await failAtWrite(desk, at, () => runSteps())
      await runAll()
      expect(await job()).toMatchObject({ state: 'done', done: 2, changed: 2, refused: 0 })
      const numbers = (await desk.db.shipments.toArray()).map(({ trackingNumber }) => trackingNumber)
      expect([numbers.length, new Set(numbers).size]).toEqual([2, 2])
      expect((await all()).map(({ stage }) => stage)).toEqual(['label_ready', 'label_ready'])
      if (!came) break
    }
  })

  it('hand-over: shops are told, and all of it is taken back as one step', async () => {
    await begin(await toLabel())
    await runAll()
    const jobId = await begin({ kind: 'hand-over' })
    await runAll()
    expect(await job()).toMatchObject({ changed: 3, refused: 1 })
    expect(await desk.db.outbox.count()).toBe(3)
    expect(await undoBulk(desk, { jobId })).toMatchObject({ ok: true })
    await runAll()
    expect(await job()).toMatchObject({ state: 'undone', undone: 3, left: 0 })
    expect(await desk.db.outbox.count()).toBe(0)
  })

  it('labels and paper are not taken back; paper that a crash cut off is not printed again', async () => {
    const made = await begin(await toLabel())
    await runAll()
    expect(await undoBulk(desk, { jobId: made })).toMatchObject({ error: { reason: 'no-undo' } })
    const [one] = await ids()
    await begin({ kind: 'print', target: { driver: 'file' } as never }, [one!])
    const [step] = (await desk.db.bulkSteps.toArray()).slice(-1)
    await desk.db.bulkSteps.put({ ...step!, trying: one! })
    await runAll()
    expect(await desk.db.printJobs.count()).toBe(0)
    const [after] = (await desk.db.bulkSteps.toArray()).slice(-1)
    expect(after?.refused).toMatchObject([{ issue: { reason: 'print-cut-off' } }])
  })
})

describe('parking', () => {
  it('ends by itself when its day has come, with an entry, and not before', async () => {
    await pull([1, 2])
    const [one, two] = await ids()
    await parkOrder(desk, { orderId: one!, until: START + 1000 })
    await parkOrder(desk, { orderId: two!, until: null })
    expect(await bringBackDue(desk)).toBe(0)
    desk.at.now += 2000
    expect(await bringBackDue(desk)).toBe(1)
    expect((await all()).map(({ parked }) => parked)).toEqual([undefined, { until: null }])
    const entries = await desk.db.activity.toArray()
    expect(entries.at(-1)).toMatchObject({ what: 'park-over', label: 'A-1001' })
    await expectWhole()
  })

  it('is refused for a day that is over, and once a label is made', async () => {
    await pull([1])
    const [one] = await ids()
    expect(await parkOrder(desk, { orderId: one!, until: START })).toMatchObject({
      error: { reason: 'park-past' },
    })
    await pull([2], { status: 'shipped' })
    expect(await parkOrder(desk, { orderId: (await ids())[1]!, until: null })).toMatchObject({
      error: { reason: 'stage' },
    })
  })
})
