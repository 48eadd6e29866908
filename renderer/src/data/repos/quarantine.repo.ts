import type { ConnectionId } from '#core/shared/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { QuarantinedItem } from '#renderer/data/records.ts'

/** What did not parse, as it came. */
export interface Unreadable {
  connectionId: ConnectionId
  remoteId: string
  reason: string
  raw: unknown
}

/** Keeps what did not parse, newest form first seen when it was; nothing is thrown away. */
export async function quarantine(
  db: CaravelDatabase,
  items: readonly Unreadable[],
  now: number,
): Promise<void> {
  if (items.length === 0) return
  const ids = items.map((item) => `${item.connectionId}:${item.remoteId}`)
  const known = await db.quarantine.bulkGet(ids)
  await db.quarantine.bulkPut(
    items.map((item, i): QuarantinedItem => ({
      ...item,
      id: ids[i] ?? '',
      firstSeenAt: known[i]?.firstSeenAt ?? now,
      lastSeenAt: now,
      // Put away stays put away while it is the same fault.
      ...(known[i]?.dismissedAt === undefined || known[i].reason !== item.reason
        ? {}
        : { dismissedAt: known[i].dismissedAt }),
    })),
  )
}

/** Items that have parsed since leave the quarantine. */
export async function releaseQuarantined(
  db: CaravelDatabase,
  connectionId: ConnectionId,
  remoteIds: readonly string[],
): Promise<void> {
  const kept = await db.quarantine.where('connectionId').equals(connectionId).primaryKeys()
  if (kept.length === 0) return
  const parsed = new Set(remoteIds.map((remoteId) => `${connectionId}:${remoteId}`))
  await db.quarantine.bulkDelete(kept.filter((id) => parsed.has(id)))
}
