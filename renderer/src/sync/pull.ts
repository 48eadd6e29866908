import { findManifest } from '#core/connectors/manifests.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { issue, type Issue, type IssueCode } from '#core/shared/issue.ts'
import type { Result } from '#core/shared/result.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import { PullGuard } from '#core/sync/guards.ts'
import { addActivity, ofConnection } from '#renderer/data/repos/activity.repo.ts'
import { countOpenOrders } from '#renderer/data/repos/counters.repo.ts'
import { hasNoOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { applyPage, type PullPage } from '#renderer/sync/apply.ts'
import { guardCancellations } from '#renderer/sync/guard-pull.ts'
import { ownRefusalAsCancelled } from '#renderer/sync/local-issue.ts'
import { readOpenOrders } from '#renderer/sync/read-open-orders.ts'
import type { PullDeps, PullLead, PullRun, SyncDeps } from '#renderer/sync/sync-deps.ts'
import type { Connection } from '#renderer/data/records.ts'

/** Orders asked for at once; also the most that one transaction stores (reference/sync-perf.md). */
export const PAGE_SIZE = 500

/** A remote may forget a page token; then the pull starts again at the checkpoint. */
const TOKEN_LOST: ReadonlySet<IssueCode> = new Set(['invalid-input', 'not-found', 'malformed'])

/**
 * Stores everything a shop changed since the checkpoint, page by page, each page in one transaction with the place
 * it leads to; then, where a change may go without a date, reads by id what is open here and was on no page. Cut off anywhere, the next pull goes on there.
 * Returns what stopped it, or null.
 */
export async function pullConnection(
  deps: PullDeps,
  id: ConnectionId,
  lead: PullLead,
): Promise<Issue | null> {
  const connection = await beginPull(deps, id)
  if (connection === null) return issue('cancelled')
  const guard = new PullGuard(await countOpenOrders(deps.db, id), connection.alarmWaived === true)
  // Of a shop's first pull nothing has to be looked for among what is here.
  const isFirst = connection.checkpoint === null && (await hasNoOrders(deps.db, id))
  const run = { deps, id, guard, seen: new Set<string>(), here: isFirst ? new Set<string>() : null, ...lead }
  const isDated = findManifest(connection.connectorId)?.changesAreDated === true
  const outcome = (await pullPages(run, connection)) ?? (isDated ? null : await readOpenOrders(run))
  await endPull(deps, id, outcome)
  return outcome
}

/** Null when the shop is gone. */
function beginPull({ db, now }: SyncDeps, id: ConnectionId): Promise<Connection | null> {
  const startedAt = now()
  return inUnit(db, { stores: ['connections'], durability: 'relaxed' }, async () => {
    const connection = await db.connections.get(id)
    if (connection === undefined) return null
    const begun = { ...connection, pulling: { stored: 0, startedAt }, lastPullAt: startedAt }
    await db.connections.put(begun)
    return begun
  })
}

/** The next page is asked for while one is stored: the shop and main work meanwhile, and no page waits for the other's disk. */
async function pullPages(run: PullRun, from: Place): Promise<Issue | null> {
  const { deps, id, stopped } = run
  const tokens = new Set<string>()
  if (stopped()) return issue('cancelled')
  let asked = askPage(run, from)
  try {
    for (;;) {
      const { place, mark, page } = await asked
      if (!page.ok) return page.error
      if (stopped()) return issue('cancelled')
      const next = page.value.nextPage
      const loops = next !== null && tokens.has(next)
      if (next !== null && !loops) {
        tokens.add(next)
        const checkpoint = advanceCheckpoint(place.checkpoint, page.value.checkpoint)
        asked = askPage(run, { id, checkpoint, pageToken: next })
      }
      const problem = await takePage(run, page.value, mark)
      if (problem !== null || next === null) return problem
      if (loops) return issue('malformed', { reason: 'page-loop' })
      await deps.breathe()
    }
  } finally {
    // What was asked for and is not wanted any more is waited for: one pull of a shop at a time.
    await asked.catch(() => undefined)
  }
}

type Place = Pick<Connection, 'id' | 'checkpoint' | 'pageToken'>

interface AskedPage {
  place: Place
  /** From before it was asked for; tells what it may have missed (own-writes.ts). */
  mark: number
  page: Result<PullPage>
}

async function askPage({ deps, notePage, priority }: PullRun, place: Place): Promise<AskedPage> {
  const { host, writes } = deps
  const { id, checkpoint, pageToken } = place
  const mark = writes.mark()
  notePage(false)
  const asking = { connectionId: id, checkpoint, pageToken, pageSize: PAGE_SIZE, priority: priority() }
  return { place, mark, page: ownRefusalAsCancelled(await host['connector.pull-orders'](asking)) }
}

/** Stores a page, unless it would cancel too much or its shop is gone. */
async function takePage(
  { deps, id, guard, seen, here }: PullRun,
  page: PullPage,
  mark: number,
): Promise<Issue | null> {
  const known = here === null ? page.orders : page.orders.filter(({ remoteId }) => here.has(remoteId))
  const alarm = await guardCancellations(deps, id, guard, known)
  if (alarm !== null) return alarm
  const isThere = await applyPage(deps, id, page, { mark, here })
  for (const { remoteId } of [...page.orders, ...page.rejected]) seen.add(remoteId)
  return isThere ? null : issue('cancelled')
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
