import type { OutboxId } from '#core/shared/ids.ts'
import { ok } from '#core/shared/result.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { openDatabase, type CaravelDatabase } from '#renderer/data/database.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import type { ConnectorCalls } from '#renderer/platform/worker-port.ts'
import { newConnection } from '#renderer/usecases/connect-shop.ts'
import { createSyncEngine } from '#renderer/sync/engine.ts'
import type { ConnectionId } from '#core/shared/ids.ts'

/** Runs in a page of the real Electron, on its IndexedDB; the shop is a local server that answers at once. */

const SHOP = '0000000000shop001' as ConnectionId
const AT_ONCE = 2

async function call(baseUrl: string, orderRemoteId: string): Promise<unknown> {
  const answer = await fetch(`${baseUrl}/confirm`, {
    method: 'POST',
    body: JSON.stringify({ orderRemoteId }),
  })
  return answer.json()
}

/** The same calls, as many at once as the engine makes, and nothing else; ms. */
export async function callBare(baseUrl: string, count: number): Promise<number> {
  const from = performance.now()
  let next = 0
  const go = async (): Promise<void> => {
    while (next < count) await call(baseUrl, String(next++))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, go))
  return performance.now() - from
}

/** Fills an outbox and lets the engine empty it; ms from its start to the empty outbox. */
export async function drain(baseUrl: string, count: number): Promise<number> {
  const opened = await openDatabase(`drain-${count}-${Date.now()}`)
  if (!opened.ok) throw new Error(opened.error.reason)
  const db = opened.value
  await fill(db, count)
  const host = {
    'connector.confirm-shipment': async ({ orderRemoteId }: { orderRemoteId: string }) =>
      ok(await call(baseUrl, orderRemoteId)),
  } as unknown as ConnectorCalls
  const engine = createSyncEngine({
    ...{ db, host, now: Date.now, rng: Math.random, newId: createIdSource(Date.now, Math.random) },
    ...{ rules: { destinations: null, rates: null }, aliveSince: 0, breathe: () => Promise.resolve() },
    setTimer: (run, ms) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  })
  const from = performance.now()
  engine.start()
  while ((await db.outbox.limit(1).count()) > 0) await new Promise((resolve) => setTimeout(resolve, 50))
  const ms = performance.now() - from
  await engine.stop()
  await db.delete()
  return ms
}

async function fill(db: CaravelDatabase, count: number): Promise<void> {
  const shop = newConnection(SHOP, { connectorId: 'vendure', name: 'Shop', settings: {} }, Date.now())
  await db.connections.put({ ...shop, pullEveryMs: 0 })
  await db.outbox.bulkAdd(Array.from({ length: count }, (_, n) => makeRow(n)))
}

function makeRow(n: number): OutboxRow {
  return {
    id: `${String(n).padStart(9, '0')}aaaaaaaa` as OutboxId,
    connectionId: SHOP,
    entityKey: `order:${n}`,
    entityLabel: `A-${n}`,
    kind: 'confirm-shipment',
    payload: { orderRemoteId: String(n), trackingNumber: `RR${n}`, carrier: 'Registered packet' },
    ...{ state: 'queued', held: false, inFlight: false, attempts: 0, lastIssue: null },
    ...{ createdAt: n, nextAttemptAt: 0, leaseUntil: 0 },
  }
}
