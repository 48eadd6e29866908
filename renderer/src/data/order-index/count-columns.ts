import { BLOCKED_REASONS } from '#core/order/order.ts'
import { QUEUES } from '#core/order/order-row.ts'
import { isListingCounter, noteChange, type CountChanges } from '#renderer/data/counting.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { ColumnsReader } from '#renderer/data/order-index/order-columns.ts'
import { lastChange } from '#renderer/data/repos/order-changes.repo.ts'
import { writeCounts, wrongCounts } from '#renderer/data/repos/counters.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'

/** What the counters of these columns' orders should be. */
export function countColumns({ count, arrays, dictionaries }: ColumnsReader): CountChanges {
  const shops = dictionaries.connection.texts.length
  const reasons = BLOCKED_REASONS.length + 1
  // One cell per shop, queue and reason: the few that have orders are then named.
  const cells = new Uint32Array(shops * QUEUES.length * reasons)
  for (let ordinal = 0; ordinal < count; ordinal++) {
    if (arrays.alive[ordinal] !== 1) continue
    const list = (arrays.connection[ordinal] ?? 0) * QUEUES.length + (arrays.queue[ordinal] ?? 0)
    const cell = list * reasons + (arrays.blocked[ordinal] ?? 0)
    cells[cell] = (cells[cell] ?? 0) + 1
  }
  const counts: CountChanges = new Map()
  for (const [cell, orders] of cells.entries()) {
    if (orders === 0) continue
    const one: CountChanges = new Map()
    const list = Math.floor(cell / reasons)
    const row = {
      queue: QUEUES[list % QUEUES.length] ?? 'to_ship',
      blocked: BLOCKED_REASONS[(cell % reasons) - 1] ?? null,
      connectionId: dictionaries.connection.text(Math.floor(list / QUEUES.length)) as never,
    }
    noteChange(one, undefined, row)
    for (const key of one.keys()) counts.set(key, (counts.get(key) ?? 0) + orders)
  }
  return counts
}

/**
 * Puts kept counts right by these columns, which hold all changes up to `seq`; returns how many were wrong. Null, and nothing is looked at,
 * when there are later ones.
 */
export function repairByColumns(
  db: CaravelDatabase,
  columns: ColumnsReader,
  seq: number,
): Promise<number | null> {
  return inUnit(db, { stores: ['counters'], durability: 'relaxed' }, async () => {
    if ((await lastChange(db)) !== seq) return null
    return writeCounts(db, await wrongCounts(db, countColumns(columns), (key) => !isListingCounter(key)))
  })
}
