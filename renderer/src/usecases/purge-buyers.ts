import type { Clock, IdSource } from '#core/shared/ports.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { addActivity, ofOrder } from '#renderer/data/repos/activity.repo.ts'
import {
  findPurgeable,
  forgetUnread,
  PURGE_START,
  PURGE_STORES,
  purgeOrders,
  type PurgeCursor,
} from '#renderer/data/repos/purge.repo.ts'
import { loadDesk, loadSearches, saveSearches } from '#renderer/data/repos/settings.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'

export interface PurgeDeps {
  db: CaravelDatabase
  newId: IdSource
  now: Clock
  breathe: () => Promise<void>
  stopped: () => boolean
}

const BATCH = 200
const DAY_MS = 86_400_000

/**
 * Takes buyers out of orders that were finished longer ago than the desk keeps them, in small units, each with its entries in the
 * journal. Nothing when the desk keeps them for ever. Stopped or cut off anywhere, it goes on the next time. Returns how
 * many orders were purged.
 */
export async function purgeBuyers({
  db,
  newId,
  now,
  breathe,
  stopped,
}: PurgeDeps): Promise<Result<{ purged: number }>> {
  const { retentionDays: days } = await loadDesk(db)
  if (days <= 0) return ok({ purged: 0 })
  const at = now()
  let purged = 0
  let cursor: PurgeCursor | null = PURGE_START
  while (cursor !== null && !stopped()) {
    const found: Awaited<ReturnType<typeof findPurgeable>> = await findPurgeable(db, cursor, {
      days,
      now: at,
      most: BATCH,
    })
    cursor = found.next
    if (found.ids.length > 0) purged += await purgeSome({ db, newId }, found.ids, days, at)
    await breathe()
  }
  await inUnit(db, { stores: ['quarantine', 'settings'], durability: 'strict' }, async () => {
    await forgetUnread(db, days, at)
    const searches = await loadSearches(db)
    const kept = searches.filter((each) => at - each.at < days * DAY_MS)
    if (kept.length < searches.length) await saveSearches(db, kept)
  })
  return ok({ purged })
}

function purgeSome(
  { db, newId }: Pick<PurgeDeps, 'db' | 'newId'>,
  ids: Parameters<typeof purgeOrders>[1],
  days: number,
  at: number,
): Promise<number> {
  return inUnit(db, { stores: [...PURGE_STORES, 'settings'], durability: 'strict' }, async () => {
    const orders = await purgeOrders(db, ids, { days, now: at })
    // Which of them somebody had searched for by name is not known any more.
    if (orders.length > 0) await saveSearches(db, [])
    const entry = { at, what: 'buyer-purged', values: { days }, by: 'here' as const }
    await addActivity(
      db,
      newId,
      orders.map((order) => ({ ...ofOrder(order), ...entry })),
    )
    return orders.length
  })
}
