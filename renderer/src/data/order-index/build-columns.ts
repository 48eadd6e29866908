import { rowTokens } from '#core/order/search-tokens.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { OrderColumns } from '#renderer/data/order-index/order-columns.ts'
import { rowsAfter } from '#renderer/data/order-index/read-changes.ts'
import { lastChange } from '#renderer/data/repos/order-changes.repo.ts'
import type { Breathe } from '#renderer/data/order-index/sorted-orders.ts'
import type { TextIndex } from '#renderer/data/order-index/text-index.ts'

const PAGE = 1_000
/** Rows that are taken over before others get their turn: a few ms. */
const STRETCH = 100

/**
 * Columns and words of all slim rows, read page by page while people go on working: what changes meanwhile was noted after `seq`. Null when
 * it was told to stop.
 */
export async function buildColumns(
  db: CaravelDatabase,
  words: TextIndex,
  { breathe, onProgress, stopped }: BuildControl,
): Promise<{ columns: OrderColumns; seq: number } | null> {
  const seq = await lastChange(db)
  // The store would be busy for a second counting half a million rows, while the page waits for its first ones.
  const total = (await db.counters.get('all'))?.count ?? 0
  const columns = new OrderColumns()
  columns.reserve(total)
  for (let next = rowsAfter(db, '', PAGE); ;) {
    onProgress(columns.count, total)
    const rows = await next
    const last = rows.at(-1)
    if (last === undefined) return { columns, seq }
    // The store reads the next page while this one is taken over.
    next = rowsAfter(db, last.id, PAGE)
    next.catch(() => undefined)
    for (const [i, row] of rows.entries()) {
      if (i % STRETCH === 0) await breathe()
      words.set(columns.put(row), rowTokens(row))
    }
    const steps = words.settle()
    while (steps.next().done !== true) await breathe()
    if (stopped()) return null
  }
}

export interface BuildControl {
  breathe: Breathe
  onProgress: (done: number, total: number) => void
  stopped: () => boolean
}
