import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { OutboxId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import { fieldName } from '#core/listing/fields.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { BATCH_SETTLING_MS, LEASE_MS } from '#core/sync/outbox-machine.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { loadOutbox } from '#renderer/data/repos/outbox.repo.ts'
import { JudgedToday } from '#renderer/sync/judged-today.ts'
import { MERGE_LISTING_STORES, mergeRemoteListings } from '#renderer/sync/merge-listings.ts'
import { OwnWrites } from '#renderer/sync/own-writes.ts'
import { prepareRound } from '#renderer/sync/push.ts'
import { pushBatch } from '#renderer/sync/push-batch.ts'
import { openBatches, readBatch } from '#renderer/sync/read-batch.ts'
import type { PullDeps } from '#renderer/sync/sync-deps.ts'
import { editListing } from '#renderer/usecases/edit-listing.ts'
import { retryOutboxRow } from '#renderer/usecases/retry-outbox-row.ts'
import { openTestDesk, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

type Made = Result<OperationOutput<'push-prices'>>
type Report = Result<OperationOutput<'read-batch'>>

let desk: TestDesk
let deps: PullDeps
let asked: OperationInput<'push-prices'>[]
let answer: (input: OperationInput<'push-prices'>) => Made | Promise<Made>
let report: () => Report

const euros = (minor: number) => ({ minor, currency: 'EUR' })
const listing = (n: number, minor: number): RemoteListing => ({
  ...{ remoteId: `SKU-${n}`, status: 'active', rawStatus: '', updatedAt: desk.at.now, mainLocale: 'de-DE' },
  ...{ contents: { 'de-DE': { title: `Becher ${n}`, description: '' } }, pictureUrl: '' },
  offers: [
    {
      ...{ remoteId: `SKU-${n}`, sku: `SKU-${n}`, option: '', stock: 5 },
      prices: [{ ...euros(minor), market: 'DE' }],
    },
  ],
})
const take = (all: readonly RemoteListing[]): Promise<unknown> =>
  inUnit(desk.db, { stores: MERGE_LISTING_STORES, durability: 'strict' }, () =>
    mergeRemoteListings(deps, SHOP, all, null),
  )
const rows = async (): Promise<OutboxRow[]> => (await loadOutbox(desk.db)).rows
const byListing = async (): Promise<Record<string, Partial<OutboxRow>>> =>
  Object.fromEntries(
    (await rows()).map(({ entityLabel, state, batch, lastIssue }) => [
      entityLabel,
      { state, batch, lastIssue },
    ]),
  )
const push = async (): Promise<Issue | null> =>
  pushBatch(deps, { connectionId: SHOP, market: 'DE', ids: (await rows()).map(({ id }) => id) }, 'sending')
const taken = (input: OperationInput<'push-prices'>, left: readonly string[] = []): Made => {
  const ours = input.changes.filter(({ listingRemoteId }) => !left.includes(listingRemoteId))
  return ok({
    batch: { remoteId: 'F1', taken: ours.map(({ intentId }, at) => ({ intentId, place: at + 1 })) },
  })
}
const readAll = async () => {
  const [open] = openBatches(await rows())
  if (open === undefined) throw new Error('no batch is open')
  return readBatch(deps, open)
}

beforeEach(async () => {
  desk = await openTestDesk()
  asked = []
  answer = taken
  report = () => ok({ state: 'done', refused: [] })
  desk.host['connector.push-prices'] = ({ connectionId: _shop, priority: _priority, ...input }) => {
    asked.push(input)
    return Promise.resolve(answer(input))
  }
  desk.host['connector.read-batch'] = () => Promise.resolve(report())
  deps = {
    ...desk,
    ...{ aliveSince: 0, breathe: () => Promise.resolve() },
    ...{ writes: new OwnWrites(), judged: new JudgedToday() },
  }
  await take([1, 2, 3].map((n) => listing(n, 1_999)))
  for (const { id, remoteId } of await desk.db.listings.toArray()) {
    const field = fieldName({ kind: 'price', offerRemoteId: remoteId, currency: 'EUR', market: 'DE' })
    await editListing(desk, { listingId: id, values: [{ field, value: euros(2_499) }] })
  }
  desk.at.now += 60_000
})

describe('a batch of prices', () => {
  it('is asked for once, waits for its report and leaves when a reading shows it', async () => {
    expect(await push()).toBeNull()
    expect(asked).toMatchObject([
      { market: 'DE', changes: [{ before: euros(1_999), value: euros(2_499) }, {}, {}] },
    ])
    expect(Object.values(await byListing()).map(({ state, batch }) => [state, batch])).toEqual(
      [1, 2, 3].map((place) => ['accepted', { remoteId: 'F1', place }]),
    )
    report = () => ok({ state: 'working' })
    expect(await readAll()).toEqual(ok('working'))
    report = () => ok({ state: 'done', refused: [] })
    expect(await readAll()).toEqual(ok('over'))
    expect(openBatches(await rows())).toEqual([])
    expect((await rows()).map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted'])
    await take([1, 2, 3].map((n) => listing(n, 2_499)))
    expect(await rows()).toEqual([])
  })

  it('leaves behind what it did not take: that goes by itself', async () => {
    answer = (input) => taken(input, ['SKU-2'])
    await push()
    expect((await rows()).map(({ state, batch }) => [state, typeof batch])).toEqual([
      ['accepted', 'object'],
      ['queued', 'string'],
      ['accepted', 'object'],
    ])
  })

  it('that took nothing leaves all of them to go by themselves', async () => {
    answer = () => ok({ batch: null })
    await push()
    expect((await rows()).map(({ state, batch }) => [state, batch])).toEqual(
      Array(3).fill(['queued', 'alone']),
    )
  })

  it('has what its report refuses looked at by a person, in the words of the remote', async () => {
    await push()
    report = () =>
      ok({ state: 'done', refused: [{ place: 2, code: '99022', message: 'The price is too high.' }] })
    await readAll()
    const refused = (await rows()).find(({ state }) => state === 'needs-attention')
    expect(refused).toMatchObject({
      lastIssue: { code: 'invalid-input', remoteCode: '99022', remoteMessage: 'The price is too high.' },
    })
    const told = await desk.db.activity.filter(({ what }) => what === 'price-refused').toArray()
    expect(told.map(({ label }) => label)).toEqual([refused?.entityLabel])
    // Sent again it goes by itself, for an answer at once.
    await retryOutboxRow(desk, { id: refused!.id })
    expect((await rows()).find(({ id }) => id === refused?.id)).toMatchObject({
      state: 'queued',
      batch: 'alone',
    })
  })

  it('that the remote gave up is sent one by one', async () => {
    await push()
    report = () => ok({ state: 'lost', message: 'FATAL' })
    await readAll()
    expect((await rows()).map(({ state, batch }) => [state, batch])).toEqual(
      Array(3).fill(['queued', 'alone']),
    )
  })

  it('whose report cannot be read just now stays as it is', async () => {
    await push()
    report = () => err(issue('remote-down', { reason: 'timeout' }))
    expect(await readAll()).toMatchObject({ ok: false, error: { code: 'remote-down' } })
    expect(openBatches(await rows())).toMatchObject([{ remoteId: 'F1' }])
  })

  it.each([
    ['the line is down', 'remote-down', 'waiting', undefined],
    ['its limit is reached', 'rate-limited', 'queued', undefined],
    ['it is refused as a whole', 'invalid-input', 'queued', 'alone'],
    ['nobody knows whether it arrived', 'outcome-unknown', 'waiting', 'making'],
  ] as const)('when %s loses nothing', async (_when, code, state, batch) => {
    answer = () => err(issue(code))
    expect(await push()).toMatchObject({ code })
    expect((await rows()).map((row) => [row.state, row.batch])).toEqual(Array(3).fill([state, batch]))
  })

  it('refused for the sign-in asks for it', async () => {
    answer = () => err(issue('auth', { reason: 'signed-out' }))
    await push()
    expect(await desk.db.connections.get(SHOP)).toMatchObject({ needsSignIn: true })
    expect((await rows()).map(({ state }) => state)).toEqual(Array(3).fill('blocked-auth'))
  })

  it('broken off by a crash is not sent again before it may have been carried out', async () => {
    let begun = (): void => undefined
    const left = new Promise<void>((resolve) => (begun = resolve))
    answer = () => {
      begun()
      return new Promise(() => undefined)
    }
    void push()
    await left
    expect((await rows()).map(({ state, batch }) => [state, batch])).toEqual(
      Array(3).fill(['leased', 'making']),
    )
    desk.at.now += LEASE_MS
    const after = await prepareRound(deps)
    expect(after.map(({ state, inFlight }) => [state, inFlight])).toEqual(Array(3).fill(['waiting', true]))
    expect(after.every(({ nextAttemptAt }) => nextAttemptAt === desk.at.now + BATCH_SETTLING_MS)).toBe(true)
  })

  it('leaves out what a person has held or dropped since, and a shop that takes no changes', async () => {
    const [first, second] = await rows()
    await desk.db.outbox.update(first!.id, { held: true })
    await desk.db.outbox.delete(second!.id)
    const ids = [first!.id, second!.id, 'gone' as OutboxId]
    await pushBatch(deps, { connectionId: SHOP, market: 'DE', ids }, 'sending')
    expect(asked).toEqual([])
    await desk.db.connections.update(SHOP, { readOnly: true })
    await push()
    expect(asked).toEqual([])
    expect(desk.at.now).toBeGreaterThan(START)
  })
})
