import type { OutboxRow } from '#core/sync/outbox.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'

export interface OutboxSummary {
  /** Changes that have not reached their shop, all of them. */
  waiting: number
  /** Of these, the ones that were refused. */
  attention: number
  /** Of these, the ones that wait for a choice between two sides. */
  conflicts: number
  /** Of these, the ones that wait for a sign-in. */
  blockedAuth: number
  /** Of these, the ones a person keeps back. */
  held: number
  oldestAt: number | null
}

/** The outbox in sending order: ids sort by the time they were made. */
export function readOutbox(db: CaravelDatabase): Promise<OutboxRow[]> {
  return Promise.resolve(db.outbox.orderBy('id').toArray())
}

export function watchOutbox(db: CaravelDatabase): Watched<OutboxRow[]> {
  return watch(() => readOutbox(db))
}

export async function readOutboxSummary(db: CaravelDatabase): Promise<OutboxSummary> {
  const rows = await readOutbox(db)
  return {
    waiting: rows.length,
    attention: rows.filter((row) => row.state === 'needs-attention').length,
    conflicts: rows.filter((row) => row.state === 'blocked-conflict').length,
    blockedAuth: rows.filter((row) => row.state === 'blocked-auth').length,
    held: rows.filter((row) => row.held).length,
    oldestAt: rows.length === 0 ? null : Math.min(...rows.map((row) => row.createdAt)),
  }
}

export function watchOutboxSummary(db: CaravelDatabase): Watched<OutboxSummary> {
  return watch(() => readOutboxSummary(db))
}
