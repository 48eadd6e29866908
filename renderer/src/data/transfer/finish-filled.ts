import { toOrderRow } from '#core/order/order-row.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { ok, type Result } from '#core/shared/result.ts'
import { asFileCopy } from '#core/sync/outbox-machine.ts'
import type { CountChanges } from '#renderer/data/counting.ts'
import { openDatabase, type CaravelDatabase } from '#renderer/data/database.ts'
import type { ImportState } from '#renderer/data/setting-records.ts'
import { repairCounters, writeCounts, wrongCounts } from '#renderer/data/repos/counters.repo.ts'
import { SCHEMA_VERSION } from '#renderer/data/schema/v8.ts'
import { orderSchema } from '#renderer/data/stored-schemas.ts'
import { readKeys } from '#renderer/data/transfer/read-keys.ts'

const BATCH = 500

/**
 * Brings the filled database to the present layout and puts right what lies beside the records: people may have worked while the file
 * was written. Each step may be done twice. It is left open.
 */
export async function openFilled(name: string, schemaVersion: number): Promise<Result<CaravelDatabase>> {
  const opened = await openDatabase(name)
  if (!opened.ok) return opened
  const db = opened.value
  const repaired = await repairRows(db)
  const row = await db.settings.get('import')
  const asWritten = repaired === 0 && schemaVersion === SCHEMA_VERSION && row?.key === 'import'
  if (asWritten) await writeCounts(db, await wrongCounts(db, countsOf(row.value), () => true))
  else await repairCounters(db)
  await doubtUnsent(db)
  return ok(db)
}

/** Rows were counted as they were written. */
function countsOf({ counts }: ImportState): CountChanges {
  return new Map(counts.map(({ key, count }) => [key, count]))
}

/** What the file has as unsent may have been bought, counted or given back since it was written. */
async function doubtUnsent(db: CaravelDatabase): Promise<void> {
  await db.outbox.bulkPut((await db.outbox.toArray()).map(asFileCopy))
}

/** Every order has its slim row and no row is without its order. Answers how many were wrong. Both are walked by their keys, side by side. */
async function repairRows(db: CaravelDatabase): Promise<number> {
  const missing: OrderId[] = []
  const orphans: OrderId[] = []
  let wrong = 0
  const orders = readKeys(db.orders)
  const rows = readKeys(db.orderRows)
  let order = await orders.next()
  let row = await rows.next()
  while (order !== null || row !== null) {
    if (order === row) [order, row] = [await orders.next(), await rows.next()]
    else if (row === null || (order !== null && order < row)) {
      missing.push(order as OrderId)
      order = await orders.next()
    } else {
      orphans.push(row as OrderId)
      row = await rows.next()
    }
    if (missing.length + orphans.length >= BATCH) wrong += await repairSome(db, missing, orphans)
  }
  return wrong + (await repairSome(db, missing, orphans))
}

/** Empties both lists. */
async function repairSome(db: CaravelDatabase, missing: OrderId[], orphans: OrderId[]): Promise<number> {
  const count = missing.length + orphans.length
  await db.orderRows.bulkDelete(orphans.splice(0))
  const found = await db.orders.bulkGet(missing.splice(0))
  const read = found.map((stored) => orderSchema.safeParse(stored))
  await db.orderRows.bulkPut(read.flatMap(({ data }) => (data === undefined ? [] : [toOrderRow(data)])))
  return count
}

/**
 * Main's journal of unsent work numbers changes, and knows more of them than an older file: numbers go on from the higher one, so that the
 * journal of the workspace before is not played into this one (docs/adr/0010). One more than it knows: all of this one is told to it.
 */
export async function continueNumbers(from: CaravelDatabase, to: CaravelDatabase): Promise<void> {
  const [before, after] = await Promise.all([keptSeq(from), keptSeq(to)])
  await to.settings.put({ key: 'kept', value: { seq: Math.max(before, after) + 1 } })
}

async function keptSeq(db: CaravelDatabase): Promise<number> {
  const row = await db.settings.get('kept')
  return row?.key === 'kept' ? row.value.seq : 0
}
