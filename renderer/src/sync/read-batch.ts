import type { ConnectionId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, type Result } from '#core/shared/result.ts'
import type { OperationOutput } from '#core/contracts/operations.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { requeue, settleReported } from '#core/sync/outbox-machine.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { loadOutboxRows } from '#renderer/data/repos/outbox.repo.ts'
import { inUnit, LISTING_STORES } from '#renderer/data/unit-of-work.ts'
import { ownRefusalAsCancelled } from '#renderer/sync/local-issue.ts'
import { refusalEntry } from '#renderer/sync/settle.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'

type Report = OperationOutput<'read-batch'>

/** A batch that a remote works on, and the rows that wait for it. */
export interface OpenBatch {
  connectionId: ConnectionId
  remoteId: string
  ids: OutboxRow['id'][]
}

/** Of all connections, in the order of their first rows. */
export function openBatches(rows: readonly OutboxRow[]): OpenBatch[] {
  const batches = new Map<string, OpenBatch>()
  for (const { id, connectionId, state, batch } of rows) {
    if (state !== 'accepted' || typeof batch !== 'object') continue
    const key = batchKey({ connectionId, remoteId: batch.remoteId })
    const found = batches.get(key)
    if (found === undefined) batches.set(key, { connectionId, remoteId: batch.remoteId, ids: [id] })
    else found.ids.push(id)
  }
  return [...batches.values()]
}

export function batchKey({ connectionId, remoteId }: Pick<OpenBatch, 'connectionId' | 'remoteId'>): string {
  return `${connectionId} ${remoteId}`
}

/** Asks how far a batch is and settles its rows once it is over. Returns whether it is, or what stood in the way. */
export async function readBatch(deps: SyncDeps, batch: OpenBatch): Promise<Result<'over' | 'working'>> {
  const { connectionId, remoteId } = batch
  const report = await ask(deps, connectionId, remoteId)
  if (!report.ok) return report
  if (report.value.state === 'working') return { ok: true, value: 'working' }
  await settle(deps, batch, report.value)
  return { ok: true, value: 'over' }
}

async function ask(
  { host }: SyncDeps,
  connectionId: ConnectionId,
  batchRemoteId: string,
): Promise<Result<Report>> {
  try {
    return ownRefusalAsCancelled(
      await host['connector.read-batch']({ connectionId, batchRemoteId, priority: 'background' }),
    )
  } catch {
    return err(issue('remote-down', { reason: 'call-broken-off' }))
  }
}

function settle(
  deps: SyncDeps,
  { ids, remoteId }: OpenBatch,
  report: Exclude<Report, { state: 'working' }>,
): Promise<void> {
  const { db, newId, now } = deps
  return inUnit(db, { stores: LISTING_STORES, durability: 'strict' }, async () => {
    const refusals = report.state === 'done' ? refusalsOf(report) : null
    const after = (await loadOutboxRows(db, ids)).flatMap((row) => {
      if (row.state !== 'accepted' || typeof row.batch !== 'object' || row.batch.remoteId !== remoteId)
        return []
      // Sent by itself, which reads first: what the batch did carry out is found done.
      return [
        refusals === null ? requeue(row, now()) : settleReported(row, refusals.get(row.batch.place) ?? null),
      ]
    })
    await db.outbox.bulkPut(after)
    const entries = after.flatMap((row) =>
      row.lastIssue === null ? [] : [refusalEntry(row, row.lastIssue, now())],
    )
    await addActivity(db, newId, entries)
  })
}

/** By their place in the batch. */
function refusalsOf({ refused }: Extract<Report, { state: 'done' }>): Map<number, Issue> {
  return new Map(
    refused.map(({ place, code, message }) => [
      place,
      issue('invalid-input', { reason: 'refused', remoteCode: code, remoteMessage: message }),
    ]),
  )
}
