import type { ConnectionId } from '#core/shared/ids.ts'
import { issue, type Issue, type IssueCode } from '#core/shared/issue.ts'
import { MOST_LISTINGS_AT_ONCE } from '#core/contracts/operations.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import { PullGuard } from '#core/sync/guards.ts'
import type { CatalogueState } from '#renderer/data/records.ts'
import { countListings, unmetListings } from '#renderer/data/repos/listings.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { applyListingPage, storeMissing, storeReadListings } from '#renderer/sync/apply-listings.ts'
import { raiseAlarm } from '#renderer/sync/guard-pull.ts'
import { pullRules } from '#renderer/sync/pull-rules.ts'
import { ownRefusalAsCancelled } from '#renderer/sync/local-issue.ts'
import type { PullDeps, PullLead } from '#renderer/sync/sync-deps.ts'

/** Listings asked for at once: with their texts in several languages they are larger than orders. */
const PAGE_SIZE = 50
/** Only a walk of the whole catalogue notices what was deleted. */
export const WHOLE_EVERY_MS = 24 * 3_600_000

/** A remote may forget a page token; then the pull starts again at the checkpoint. */
const TOKEN_LOST: ReadonlySet<IssueCode> = new Set(['invalid-input', 'not-found', 'malformed'])

export const FRESH_CATALOGUE: CatalogueState = {
  ...{ checkpoint: null, pageToken: null, walkStartedAt: null, lastWholeAt: null },
  ...{ lastPullAt: null, lastSuccessAt: null, lastIssue: null, pulling: null },
}

/**
 * Stores what a shop changed of its listings, page by page, each in one transaction with the place it leads to. Once a day, and
 * when a person asks, the whole catalogue is walked: what was not met is read by id and, when the shop does not have it, marked as
 * gone. Cut off anywhere, the next pull goes on there. Returns what stopped it, or null.
 */
export async function pullListings(
  deps: PullDeps,
  id: ConnectionId,
  { whole, ...lead }: PullLead & { whole: boolean },
): Promise<Issue | null> {
  const startedAt = deps.now()
  const began = await change(deps, id, (state) => begin(state, startedAt, whole))
  if (began === null) return issue('cancelled')
  const outcome = (await pullPages(deps, id, began, lead)) ?? (await endWalk(deps, id, began, lead))
  await change(deps, id, (state) => end(state, outcome, deps.now()))
  return outcome
}

function begin(state: CatalogueState, now: number, whole: boolean): CatalogueState {
  const next = { ...state, lastPullAt: now, pulling: { stored: 0, startedAt: now } }
  if (state.walkStartedAt !== null) return next
  const { lastWholeAt, checkpoint } = state
  const due = whole || checkpoint === null || lastWholeAt === null || now - lastWholeAt >= WHOLE_EVERY_MS
  return due ? { ...next, walkStartedAt: now, pageToken: null } : next
}

function end(state: CatalogueState, outcome: Issue | null, now: number): CatalogueState {
  const ended = { ...state, pulling: null }
  if (outcome === null)
    return {
      ...{ ...ended, lastSuccessAt: now, lastIssue: null },
      // A walk that is over leaves nothing to go on at.
      ...(state.walkStartedAt === null ? {} : { walkStartedAt: null, pageToken: null }),
      lastWholeAt: state.walkStartedAt ?? state.lastWholeAt,
    }
  return {
    ...ended,
    lastIssue: outcome.code === 'cancelled' && outcome.reason === undefined ? state.lastIssue : outcome,
    pageToken: TOKEN_LOST.has(outcome.code) ? null : state.pageToken,
  }
}

async function pullPages(
  deps: PullDeps,
  id: ConnectionId,
  began: CatalogueState,
  { stopped, notePage, priority }: PullLead,
): Promise<Issue | null> {
  let wantsRules = true
  const tokens = new Set<string>()
  let state = began
  for (;;) {
    if (stopped()) return issue('cancelled')
    const mark = deps.writes.mark()
    const { pageToken, walkStartedAt } = state
    // The end of a walk is stored with its last page as a token of nothing: only unmet listings are left to look at.
    if (pageToken === WALKED) return null
    notePage(walkStartedAt !== null)
    const page = ownRefusalAsCancelled(
      await deps.host['connector.pull-listings']({
        ...{ connectionId: id, pageToken, pageSize: PAGE_SIZE, priority: priority() },
        checkpoint: walkStartedAt === null ? state.checkpoint : null,
      }),
    )
    if (!page.ok) return page.error
    if (stopped()) return issue('cancelled')
    const after = await applyListingPage(deps, id, page.value, { mark, walkStartedAt, next: nextState })
    if (after === null) return issue('cancelled')
    state = after
    if (wantsRules) wantsRules = await pullRules(deps, id, page.value.listings, { stopped, priority })
    const next = page.value.nextPage
    if (next === null) return null
    if (tokens.has(next)) return issue('malformed', { reason: 'page-loop' })
    tokens.add(next)
    await deps.breathe()
  }
}

const WALKED = 'caravel:walked'

function nextState(
  state: CatalogueState,
  page: { checkpoint: CatalogueState['checkpoint']; nextPage: string | null },
  stored: number,
): CatalogueState {
  const { pulling, walkStartedAt } = state
  return {
    ...state,
    checkpoint: advanceCheckpoint(state.checkpoint, page.checkpoint),
    pageToken: page.nextPage ?? (walkStartedAt === null ? null : WALKED),
    pulling: pulling === null ? null : { ...pulling, stored: pulling.stored + stored },
  }
}

/** After a whole walk: what it did not meet is looked for by id. */
async function endWalk(
  deps: PullDeps,
  id: ConnectionId,
  { walkStartedAt }: CatalogueState,
  { stopped, priority }: PullLead,
): Promise<Issue | null> {
  if (walkStartedAt === null) return null
  const unmet = await unmetListings(deps.db, id, walkStartedAt, deps.now())
  const guard = unmet.length === 0 ? new PullGuard(0, false) : await guardOf(deps, id)
  const missing: string[] = []
  for (let i = 0; i < unmet.length; i += MOST_LISTINGS_AT_ONCE) {
    if (stopped()) return issue('cancelled')
    const remoteIds = unmet.slice(i, i + MOST_LISTINGS_AT_ONCE)
    const mark = deps.writes.mark()
    const read = ownRefusalAsCancelled(
      await deps.host['connector.read-listings']({ connectionId: id, remoteIds, priority: priority() }),
    )
    if (!read.ok) return read.error
    await storeReadListings(deps, id, read.value, { mark, walkStartedAt })
    const asked = new Set(remoteIds)
    missing.push(...read.value.missing.filter((remoteId) => asked.has(remoteId)))
    const alarm = guard.note('mass-delete', missing.length - guard.counted('mass-delete'), deps.now())
    if (alarm !== null) return raiseAlarm(deps, id, alarm)
    await deps.breathe()
  }
  await storeMissing(deps, id, missing, walkStartedAt)
  return null
}

async function guardOf({ db }: PullDeps, id: ConnectionId): Promise<PullGuard> {
  const waived = (await db.connections.get(id))?.deleteWaived === true
  return new PullGuard(await countListings(db, id), waived)
}

/** Changes how far the listings were read; null when the shop is gone. */
function change(
  { db }: PullDeps,
  id: ConnectionId,
  step: (state: CatalogueState) => CatalogueState,
): Promise<CatalogueState | null> {
  return inUnit(db, { stores: ['connections'], durability: 'relaxed' }, async () => {
    const connection = await db.connections.get(id)
    if (connection === undefined) return null
    const { deleteWaived, ...rest } = connection
    const catalogue = step(connection.catalogue ?? FRESH_CATALOGUE)
    // A person's word holds for one whole walk.
    const walked = (connection.catalogue?.walkStartedAt ?? null) !== null && catalogue.walkStartedAt === null
    const waiver = deleteWaived === undefined || walked ? {} : { deleteWaived }
    await db.connections.put({ ...rest, ...waiver, catalogue })
    return catalogue
  })
}
