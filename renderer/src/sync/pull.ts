import type { ConnectionId } from '#core/shared/ids.ts'
import { issue, type Issue, type IssueCode } from '#core/shared/issue.ts'
import { PullGuard } from '#core/sync/guards.ts'
import { addActivity, ofConnection } from '#renderer/data/repos/activity.repo.ts'
import { countOpenOrders } from '#renderer/data/repos/counters.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { applyPage } from '#renderer/sync/apply.ts'
import { guardCancellations } from '#renderer/sync/guard-pull.ts'
import { ownRefusalAsCancelled } from '#renderer/sync/local-issue.ts'
import { readOpenOrders } from '#renderer/sync/read-open-orders.ts'
import type { PullDeps, PullRun, SyncDeps } from '#renderer/sync/sync-deps.ts'
import type { Connection } from '#renderer/data/records.ts'

/** Orders asked for at once; also the most that one transaction stores (reference/sync-perf.md). */
export const PAGE_SIZE = 200

/** A remote may forget a page token; then the pull starts again at the checkpoint. */
const TOKEN_LOST: ReadonlySet<IssueCode> = new Set(['invalid-input', 'not-found', 'malformed'])

/**
 * Stores everything a shop changed since the checkpoint, page by page, each page in one transaction with the place
 * it leads to; then reads by id what is open here and was on no page. Cut off anywhere, the next pull goes on there.
 * Returns what stopped it, or null.
 */
export async function pullConnection(
  deps: PullDeps,
  id: ConnectionId,
  stopped: () => boolean,
): Promise<Issue | null> {
  const startedAt = deps.now()
  await deps.db.connections.update(id, { pulling: { stored: 0, startedAt }, lastPullAt: startedAt })
  const waived = (await deps.db.connections.get(id))?.alarmWaived === true
  const guard = new PullGuard(await countOpenOrders(deps.db, id), waived)
  const run = { deps, id, guard, seen: new Set<string>(), stopped }
  const outcome = (await pullPages(run)) ?? (await readOpenOrders(run))
  await endPull(deps, id, outcome)
  return outcome
}

async function pullPages({ deps, id, guard, seen, stopped }: PullRun): Promise<Issue | null> {
  const tokens = new Set<string>()
  for (;;) {
    const connection = await deps.db.connections.get(id)
    if (connection === undefined || stopped()) return issue('cancelled')
    const mark = deps.writes.mark()
    const page = ownRefusalAsCancelled(await deps.host['connector.pull-orders'](request(connection)))
    if (!page.ok) return page.error
    if (stopped()) return issue('cancelled')
    const alarm = await guardCancellations(deps, id, guard, page.value.orders)
    if (alarm !== null) return alarm
    await applyPage(deps, id, page.value, mark)
    for (const { remoteId } of [...page.value.orders, ...page.value.rejected]) seen.add(remoteId)
    const next = page.value.nextPage
    if (next === null) return null
    if (tokens.has(next)) return issue('malformed', { reason: 'page-loop' })
    tokens.add(next)
    await deps.breathe()
  }
}

function request({ id, checkpoint, pageToken }: Connection) {
  return { connectionId: id, checkpoint, pageToken, pageSize: PAGE_SIZE }
}

async function endPull({ db, newId, now }: SyncDeps, id: ConnectionId, outcome: Issue | null): Promise<void> {
  await inUnit(db, { stores: ['connections', 'activity'], durability: 'strict' }, async () => {
    const stored = await db.connections.get(id)
    if (stored === undefined) return
    const { alarmWaived, ...connection } = stored
    const change: Partial<Connection> = { pulling: null }
    if (outcome === null) Object.assign(change, { lastSuccessAt: now(), lastIssue: null })
    else if (outcome.code !== 'cancelled' || outcome.reason !== undefined) change.lastIssue = outcome
    if (outcome?.code === 'auth') change.needsSignIn = true
    if (outcome !== null && TOKEN_LOST.has(outcome.code)) change.pageToken = null
    const waiver = outcome === null || alarmWaived === undefined ? {} : { alarmWaived }
    await db.connections.put({ ...connection, ...waiver, ...change })
    const before = connection.lastIssue
    const after = change.lastIssue === undefined ? before : change.lastIssue
    if ((before === null) === (after === null)) return
    const values = { code: after?.code ?? '', reason: after?.reason ?? '' }
    await addActivity(db, newId, [
      {
        ...{ ...ofConnection(connection), at: now(), by: 'remote', values },
        what: after === null ? 'pull-recovered' : 'pull-failing',
      },
    ])
  })
}
