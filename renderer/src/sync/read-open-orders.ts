import type { ConnectionId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import { issue } from '#core/shared/issue.ts'
import { MOST_READ_AT_ONCE } from '#core/contracts/operations.ts'
import { addActivity, orderKey } from '#renderer/data/repos/activity.repo.ts'
import { findByRemoteIds, openRemoteIds } from '#renderer/data/repos/orders.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { storeRead } from '#renderer/sync/apply.ts'
import { ownRefusalAsCancelled } from '#renderer/sync/local-issue.ts'
import type { PullDeps } from '#renderer/sync/sync-deps.ts'

/**
 * After a pull: reads by id what is open here and was not on its pages. Such an order was shipped, cancelled or settled
 * elsewhere without the shop's clock moving, or the shop has no more of it. Returns what stopped it, or null.
 */
export async function readOpenOrders(
  deps: PullDeps,
  id: ConnectionId,
  seen: ReadonlySet<string>,
  stopped: () => boolean,
): Promise<Issue | null> {
  const open = await openRemoteIds(deps.db, id)
  const unseen = open.filter((remoteId) => !seen.has(remoteId))
  for (let i = 0; i < unseen.length; i += MOST_READ_AT_ONCE) {
    if (stopped()) return issue('cancelled')
    const found = await readSome(deps, id, unseen.slice(i, i + MOST_READ_AT_ONCE), stopped)
    if (found !== null) return isNotOffered(found) ? null : found
    await deps.breathe()
  }
  return null
}

async function readSome(
  deps: PullDeps,
  id: ConnectionId,
  remoteIds: string[],
  stopped: () => boolean,
): Promise<Issue | null> {
  const mark = deps.writes.mark()
  const answer = ownRefusalAsCancelled(
    await deps.host['connector.read-orders']({ connectionId: id, remoteIds }),
  )
  if (!answer.ok) return answer.error
  if (stopped()) return issue('cancelled')
  const { orders, rejected, missing } = answer.value
  await storeRead(deps, id, { orders, rejected }, mark)
  const asked = new Set(remoteIds)
  await noteMissing(
    deps,
    id,
    missing.filter((remoteId) => asked.has(remoteId)),
  )
  return null
}

/** An order that the remote no longer shows says so once in its timeline; nothing else happens to it. */
async function noteMissing(
  { db, newId, now }: PullDeps,
  id: ConnectionId,
  missing: readonly string[],
): Promise<void> {
  if (missing.length === 0) return
  await inUnit(db, { stores: ['orders', 'activity'], durability: 'relaxed' }, async () => {
    const found = await findByRemoteIds(db, id, missing)
    const keys = [...found.values()].map((each) => orderKey(each.id))
    const before = await db.activity
      .where('entityKey')
      .anyOf(keys)
      .filter(({ what }) => what === WHAT)
      .toArray()
    const known = new Set(before.map(({ entityKey }) => entityKey))
    const fresh = keys.filter((key) => !known.has(key))
    await addActivity(
      db,
      newId,
      fresh.map((entityKey) => ({ entityKey, at: now(), what: WHAT, values: {}, by: 'remote' as const })),
    )
  })
}

const WHAT = 'remote-missing'

/** A connector whose remote moves its clock with every change need not have this operation. */
function isNotOffered({ code, reason }: Issue): boolean {
  return code === 'unsupported' && reason === 'no-such-operation'
}
