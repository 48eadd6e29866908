import type { Issue, IssueCode } from '#core/shared/issue.ts'
import { issue } from '#core/shared/issue.ts'
import type { OutboxId } from '#core/shared/ids.ts'
import type { OperationOutput } from '#core/contracts/operations.ts'
import { err, type Result } from '#core/shared/result.ts'
import { mayJoin, type Batch } from '#core/sync/choose-batches.ts'
import { isSendable } from '#core/sync/choose-sends.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import {
  lease,
  settleBatched,
  settleBatchLost,
  settleIssue,
  settleUnbatched,
} from '#core/sync/outbox-machine.ts'
import type { Priority } from '#core/sync/priority.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { loadOutboxRows } from '#renderer/data/repos/outbox.repo.ts'
import { inUnit, LISTING_STORES } from '#renderer/data/unit-of-work.ts'
import { ownRefusalAsCancelled } from '#renderer/sync/local-issue.ts'
import type { PullDeps, SyncDeps } from '#renderer/sync/sync-deps.ts'

type PriceRow = OutboxRow<'push-price'>
type Made = OperationOutput<'push-prices'>

/**
 * Sends many prices as one batch: all leases are on disk before its first request leaves. What it took waits for the batch's report and for a
 * reading; what it did not take goes by itself. Returns what stood in the way, or null.
 */
export async function pushBatch(deps: PullDeps, batch: Batch, priority: Priority): Promise<Issue | null> {
  const rows = await takeLeases(deps, batch)
  if (rows.length === 0) return null
  const made = await send(deps, batch, rows, priority)
  if (made.ok)
    for (const { payload } of rows) deps.writes.note(batch.connectionId, `listing:${payload.listingRemoteId}`)
  await settleMade(deps, rows, made)
  return made.ok ? null : made.error
}

function takeLeases(deps: SyncDeps, { connectionId, ids }: Batch): Promise<PriceRow[]> {
  const { db, now } = deps
  return inUnit(db, { stores: [...LISTING_STORES, 'connections'], durability: 'strict' }, async () => {
    if ((await db.connections.get(connectionId))?.readOnly === true) return []
    const found = await loadRows(deps, ids)
    const leased = found
      .filter((row) => isSendable(row) && mayJoin(row))
      .map((row): PriceRow => ({ ...(lease(row, now()) as PriceRow), batch: 'making' }))
    await db.outbox.bulkPut(leased)
    return leased
  })
}

async function loadRows({ db }: SyncDeps, ids: readonly OutboxId[]): Promise<PriceRow[]> {
  return (await loadOutboxRows(db, ids)).filter((row) => row.kind === 'push-price')
}

async function send(
  { host }: SyncDeps,
  { connectionId, market }: Batch,
  rows: readonly PriceRow[],
  priority: Priority,
): Promise<Result<Made>> {
  const changes = rows.map(({ id, payload: { listingRemoteId, offerRemoteId, before, value } }) => ({
    ...{ intentId: id, listingRemoteId, offerRemoteId, before, value },
  }))
  try {
    const asked = { connectionId, priority, changes, ...(market === undefined ? {} : { market }) }
    return ownRefusalAsCancelled(await host['connector.push-prices'](asked))
  } catch {
    return err(issue('outcome-unknown', { reason: 'call-broken-off' }))
  }
}

/** The line or the sign-in: nothing of the changes themselves, so they may go together later. */
const LATER: ReadonlySet<IssueCode> = new Set(['remote-down', 'cancelled', 'auth'])

async function settleMade(deps: SyncDeps, rows: readonly PriceRow[], made: Result<Made>): Promise<void> {
  const { db, newId, now } = deps
  const stores = [...LISTING_STORES, 'connections'] as const
  await inUnit(db, { stores, durability: 'strict' }, async () => {
    const ours = await loadOurs(deps, rows)
    const after = ours.map(
      made.ok ? byTaken(made.value, now()) : (row) => afterFailure(deps, row, made.error),
    )
    await db.outbox.bulkPut(after)
    const [first] = ours
    if (!made.ok && made.error.code === 'auth' && first !== undefined)
      await db.connections.update(first.connectionId, { needsSignIn: true, lastIssue: made.error })
    await addActivity(
      db,
      newId,
      after.flatMap(entryOf).map((entry) => ({ ...entry, at: now() })),
    )
  })
}

/** Those that nobody has taken over since. */
async function loadOurs(deps: SyncDeps, rows: readonly PriceRow[]): Promise<PriceRow[]> {
  const attempts = new Map(rows.map((row) => [row.id, row.attempts]))
  const current = await loadRows(deps, [...attempts.keys()])
  return current.filter((row) => row.state === 'leased' && row.attempts === attempts.get(row.id))
}

function byTaken({ batch }: Made, now: number): (row: PriceRow) => OutboxRow {
  const places = new Map(batch?.taken.map(({ intentId, place }) => [intentId, place]))
  return (row) => {
    const place = places.get(row.id)
    if (batch === null || place === undefined) return settleUnbatched(row, now, false)
    return settleBatched(row, { remoteId: batch.remoteId, place }, now)
  }
}

function afterFailure({ now, rng }: SyncDeps, row: PriceRow, error: Issue): OutboxRow {
  if (error.code === 'outcome-unknown') return settleBatchLost(row, error, now())
  if (LATER.has(error.code)) return { ...settleIssue(row, error, now(), rng), batch: undefined }
  // A limit of batches is none of single changes.
  return settleUnbatched(row, now(), error.code === 'rate-limited')
}

function entryOf({ batch, entityKey, connectionId, entityLabel: label }: OutboxRow) {
  if (typeof batch !== 'object') return []
  const values = { batch: batch.remoteId }
  return [{ entityKey, connectionId, label, by: 'remote' as const, what: 'push-price-batched', values }]
}
