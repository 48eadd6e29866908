import type { ConnectionId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { readsAtOnce } from '#core/connectors/manifests.ts'
import { MOST_LISTINGS_AT_ONCE } from '#core/contracts/operations.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import type { QuarantinedItem } from '#renderer/data/records.ts'
import { outboxRowSchema } from '#renderer/data/stored-schemas.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { storeRead } from '#renderer/sync/apply.ts'
import { storeReadListings } from '#renderer/sync/apply-listings.ts'
import { ownRefusalAsCancelled } from '#renderer/sync/local-issue.ts'
import type { PullDeps } from '#renderer/sync/sync-deps.ts'

/** What became of items that were tried again. */
export interface RetryReport {
  /** Could be read, and went where they belong. */
  readable: number
  /** Still cannot be read, or the shop no longer has them. */
  unreadable: number
  /** What stood in the way of asking; null when nothing did. */
  issue: Issue | null
}

/** In front of the remote id of what was a stored record, not an item of a page. */
const STORED_ORDER = /^order:/
const STORED_ROW = /^outbox:/
/** In front of the remote id of a listing; orders have none. */
const LISTING = /^listing:/

/**
 * Reads quarantined items again, e.g. after an update: orders are asked for at the shop by id and go through its connector; a
 * change that had not been sent is parsed again as it is. What can be read leaves the quarantine.
 */
export async function retryQuarantined(deps: PullDeps, ids: readonly string[]): Promise<RetryReport> {
  const found = await deps.db.quarantine.bulkGet([...ids])
  const items = found.filter((item) => item !== undefined)
  const rows = items.filter(({ remoteId }) => STORED_ROW.test(remoteId))
  let problem: Issue | null = null
  for (const item of rows) await retryRow(deps, item)
  const orders = items.filter((item) => !rows.includes(item) && item.remoteId !== '')
  for (const connectionId of new Set(orders.map((item) => item.connectionId))) {
    const some = orders.filter((item) => item.connectionId === connectionId)
    const listings = some.filter(({ remoteId }) => LISTING.test(remoteId))
    problem = (await readAgain(deps, connectionId, without(some, listings))) ?? problem
    problem = (await readListingsAgain(deps, connectionId, listings)) ?? problem
  }
  const left = await deps.db.quarantine.bulkGet([...ids])
  const unreadable = left.filter((item) => item !== undefined).length
  return { readable: items.length - unreadable, unreadable, issue: problem }
}

/** A row that parses now joins the outbox again, under its own key. */
function retryRow({ db, newId, now }: PullDeps, item: QuarantinedItem): Promise<void> {
  return inUnit(db, { stores: ['outbox', 'quarantine', 'activity'], durability: 'strict' }, async () => {
    const parsed = outboxRowSchema.safeParse(item.raw)
    if (!parsed.success || (await db.outbox.get(parsed.data.id)) !== undefined) return
    const { entityKey, connectionId, entityLabel, kind } = parsed.data
    await db.outbox.add(parsed.data)
    await db.quarantine.delete(item.id)
    await addActivity(db, newId, [
      {
        ...{ entityKey, connectionId, label: entityLabel, at: now(), by: 'here' },
        ...{ what: 'outbox-restored', values: { kind } },
      },
    ])
  })
}

async function readAgain(
  deps: PullDeps,
  connectionId: ConnectionId,
  items: readonly QuarantinedItem[],
): Promise<Issue | null> {
  const connection = await deps.db.connections.get(connectionId)
  if (connection === undefined) return issue('not-found', { reason: 'connection' })
  const most = readsAtOnce(connection.connectorId)
  for (let i = 0; i < items.length; i += most) {
    const some = items.slice(i, i + most)
    const remoteIds = [...new Set(some.map(({ remoteId }) => remoteId.replace(STORED_ORDER, '')))]
    const mark = deps.writes.mark()
    const answer = ownRefusalAsCancelled(
      await deps.host['connector.read-orders']({ connectionId, remoteIds }),
    )
    if (!answer.ok) return answer.error
    await storeRead(deps, connectionId, answer.value, mark)
    await leaveStored(deps, connectionId, some, new Set(answer.value.orders.map(({ remoteId }) => remoteId)))
  }
  return null
}

async function readListingsAgain(
  deps: PullDeps,
  connectionId: ConnectionId,
  items: readonly QuarantinedItem[],
): Promise<Issue | null> {
  for (let i = 0; i < items.length; i += MOST_LISTINGS_AT_ONCE) {
    const some = items.slice(i, i + MOST_LISTINGS_AT_ONCE)
    const remoteIds = some.map(({ remoteId }) => remoteId.replace(LISTING, ''))
    const mark = deps.writes.mark()
    const answer = ownRefusalAsCancelled(
      await deps.host['connector.read-listings']({ connectionId, remoteIds }),
    )
    if (!answer.ok) return answer.error
    await storeReadListings(deps, connectionId, answer.value, { mark, walkStartedAt: null })
  }
  return null
}

function without<T>(all: readonly T[], some: readonly T[]): T[] {
  return all.filter((each) => !some.includes(each))
}

/** An old record whose order the shop has shown again is no longer needed. */
async function leaveStored(
  { db }: PullDeps,
  connectionId: ConnectionId,
  items: readonly QuarantinedItem[],
  shown: ReadonlySet<string>,
): Promise<void> {
  const replaced = items.filter(
    ({ remoteId }) => STORED_ORDER.test(remoteId) && shown.has(remoteId.replace(STORED_ORDER, '')),
  )
  await db.quarantine.bulkDelete(replaced.map(({ remoteId }) => `${connectionId}:${remoteId}`))
}
