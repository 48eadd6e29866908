import 'fake-indexeddb/auto'
import { expect, it, vi } from 'vitest'
import type { OutboxId } from '#core/shared/ids.ts'
import { ok } from '#core/shared/result.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { holdOutboxRow } from '#renderer/usecases/hold-outbox-row.ts'
import { releaseOutboxRow } from '#renderer/usecases/release-outbox-row.ts'
import { setReadOnly } from '#renderer/usecases/set-read-only.ts'
import { createSyncEngine, type SyncEngine } from '#renderer/sync/engine.ts'
import { openTestDesk, remoteOrder, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

/** A long outbox: what it costs to send must not grow with what waits behind. */

function makeRow(n: number): OutboxRow {
  return {
    id: `${String(n).padStart(9, '0')}aaaaaaaa` as OutboxId,
    connectionId: SHOP,
    entityKey: `order:${n}`,
    entityLabel: `A-${n}`,
    kind: 'confirm-shipment',
    payload: { orderRemoteId: String(n), trackingNumber: `RR${n}`, carrier: 'Registered packet' },
    ...{ state: 'queued', held: false, inFlight: false, attempts: 0, lastIssue: null },
    ...{ createdAt: START - 1_000_000 + n, nextAttemptAt: START - 1, leaseUntil: 0 },
  }
}

/** How many rows of the outbox were read out of the store so far. */
function countReads(db: CaravelDatabase): () => number {
  let read = 0
  db.close()
  db.use({
    stack: 'dbcore',
    name: 'countReads',
    create: (down) => ({
      ...down,
      table(name) {
        const table = down.table(name)
        if (name !== 'outbox') return table
        const query: typeof table.query = async (request) => {
          const answer = await table.query(request)
          read += answer.result.length
          return answer
        }
        return { ...table, query }
      },
    }),
  })
  return () => read
}

interface Drain {
  desk: TestDesk
  engine: SyncEngine
  sent: string[]
  read: () => number
  done(): Promise<void>
}

async function openDrain(
  count: number,
  onSend: (n: number) => Promise<void> = async () => {},
): Promise<Drain> {
  const sent: string[] = []
  const desk = await openTestDesk()
  const read = countReads(desk.db)
  await desk.db.open()
  await desk.db.connections.update(SHOP, { pullEveryMs: 0 })
  await desk.db.outbox.bulkAdd(Array.from({ length: count }, (_, n) => makeRow(n)))
  const host = {
    ...desk.host,
    'connector.confirm-shipment': async ({ orderRemoteId }: { orderRemoteId: string }) => {
      sent.push(orderRemoteId)
      await onSend(sent.length)
      const order = remoteOrder(Number(orderRemoteId), { status: 'shipped' })
      return ok({ outcome: 'confirmed' as const, fulfilmentRemoteId: '1', order })
    },
  }
  const engine = createSyncEngine({
    ...{ db: desk.db, host, now: desk.now, rng: seededRng(1), newId: desk.newId, rules: desk.rules },
    ...{ aliveSince: START - 10_000, breathe: () => Promise.resolve() },
    // Nothing here waits for a time.
    setTimer: () => () => undefined,
  })
  const done = async (): Promise<void> => {
    while (
      (await desk.db.outbox
        .where('id')
        .above('')
        .filter((row) => !row.held)
        .count()) > 0
    )
      await new Promise((resolve) => setTimeout(resolve, 20))
    await engine.settled()
    await engine.stop()
  }
  return { desk, engine, sent, read, done }
}

it('sends every row once, and reads the outbox as if it were short', { timeout: 120_000 }, async () => {
  const count = 400
  const drain = await openDrain(count)
  drain.engine.start()
  await drain.done()
  expect(drain.sent).toHaveLength(count)
  expect(new Set(drain.sent).size).toBe(count)
  expect(await drain.desk.db.outbox.count()).toBe(0)
  // Read anew for each row it would be a quarter of a million.
  const short = 200
  expect(drain.read()).toBeLessThan(count * 20 + short * short * 3)
})

it('a row that is held while thousands drain stays; released, it goes', { timeout: 120_000 }, async () => {
  const late = makeRow(390).id
  const drain = await openDrain(400, async (n) => {
    if (n === 20) await holdOutboxRow(drain.desk, { id: late })
  })
  drain.engine.start()
  await drain.done()
  expect(drain.sent).toHaveLength(399)
  expect(await drain.desk.db.outbox.toArray()).toMatchObject([{ id: late, held: true }])

  drain.engine.start()
  await releaseOutboxRow(drain.desk, { id: late })
  await drain.done()
  expect(drain.sent.at(-1)).toBe('390')
})

it('hears of a change anywhere in the outbox, not only at its head', { timeout: 60_000 }, async () => {
  const drain = await openDrain(3)
  for (const n of [0, 1, 2]) await holdOutboxRow(drain.desk, { id: makeRow(n).id })
  drain.engine.start()
  await drain.engine.settled()
  await releaseOutboxRow(drain.desk, { id: makeRow(2).id })
  await drain.done()
  expect(drain.sent).toEqual(['2'])
})

it(
  'sends nothing to a read-only shop, and everything once it may be written to',
  { timeout: 60_000 },
  async () => {
    const count = 30
    const drain = await openDrain(count, async (n) => {
      // In the middle of a drain: what has a lease is on its way, nothing else leaves.
      if (n === 5) await setReadOnly(drain.desk, { connectionId: SHOP, readOnly: true })
    })
    drain.engine.start()
    await vi.waitFor(async () => expect(await drain.desk.db.outbox.count()).toBeLessThan(count))
    await vi.waitFor(async () => {
      const states = (await drain.desk.db.outbox.toArray()).map(({ state }) => state)
      expect(states).not.toContain('leased')
    })
    await drain.engine.settled()
    const sent = drain.sent.length
    expect(sent).toBeLessThan(10)
    drain.engine.kick()
    await drain.engine.settled()
    expect(drain.sent).toHaveLength(sent)
    await setReadOnly(drain.desk, { connectionId: SHOP, readOnly: false })
    await drain.done()
    expect(new Set(drain.sent).size).toBe(count)
    expect(drain.sent).toHaveLength(count)
  },
)
