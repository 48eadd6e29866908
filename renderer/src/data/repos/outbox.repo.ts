import type { ConnectionId, OutboxId } from '#core/shared/ids.ts'
import { sortForSending } from '#core/sync/choose-sends.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { quickParse } from '#core/contracts/quick-parse.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { quarantine, type Unreadable } from '#renderer/data/repos/quarantine.repo.ts'
import { outboxRowSchema, whyNot } from '#renderer/data/stored-schemas.ts'

/** Rows that parse, in the order they were made (ids sort by time), and what does not parse. */
export interface OutboxContents {
  rows: OutboxRow[]
  unreadable: Unreadable[]
}

/** Reads the whole outbox; it is short, because what was sent leaves it. */
export async function loadOutbox(db: CaravelDatabase): Promise<OutboxContents> {
  const contents: OutboxContents = { rows: [], unreadable: [] }
  for (const stored of await db.outbox.orderBy('id').toArray()) {
    const parsed = quickParse(outboxRowSchema, stored)
    if (parsed.success) contents.rows.push(parsed.data)
    else contents.unreadable.push({ ...placeOf(stored), reason: whyNot(parsed.error), raw: stored })
  }
  return contents
}

/** One row that parses; undefined when it is gone or unreadable. */
export async function loadOutboxRow(db: CaravelDatabase, id: OutboxId): Promise<OutboxRow | undefined> {
  const stored = await db.outbox.get(id)
  return stored === undefined ? undefined : quickParse(outboxRowSchema, stored).data
}

/** Those of these rows that are there and parse, in the order asked. */
export async function loadOutboxRows(db: CaravelDatabase, ids: readonly OutboxId[]): Promise<OutboxRow[]> {
  const stored = await db.outbox.bulkGet([...ids])
  return stored.flatMap((row) => (row === undefined ? [] : (quickParse(outboxRowSchema, row).data ?? [])))
}

/** Moves rows that do not parse out of the way of the others, in one unit over `outbox` and `quarantine`. */
export async function setAside(
  db: CaravelDatabase,
  unreadable: readonly Unreadable[],
  now: number,
): Promise<void> {
  await quarantine(db, unreadable, now)
  await db.outbox.bulkDelete(unreadable.map((item) => (item.raw as OutboxRow).id))
}

/** Rows of one entity, in sending order. */
export async function outboxRowsOf(db: CaravelDatabase, entityKey: string): Promise<OutboxRow[]> {
  return sortForSending(await db.outbox.where('entityKey').equals(entityKey).toArray())
}

function placeOf(stored: unknown): { connectionId: ConnectionId; remoteId: string } {
  const record = stored as Partial<OutboxRow>
  const connectionId =
    typeof record.connectionId === 'string' ? record.connectionId : ('unknown' as ConnectionId)
  return { connectionId, remoteId: `outbox:${String(record.id)}` }
}
