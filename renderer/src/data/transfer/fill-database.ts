import Dexie from 'dexie'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { asFileCopy } from '#core/sync/outbox-machine.ts'
import { toOrderRow } from '#core/order/order-row.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { openDatabase, type CaravelDatabase } from '#renderer/data/database.ts'
import { repairCounters } from '#renderer/data/repos/counters.repo.ts'
import { declareVersions } from '#renderer/data/schema/migrations.ts'
import { orderSchema } from '#renderer/data/stored-schemas.ts'
import { fromLines } from '#renderer/data/transfer/record-lines.ts'

/** A new database in the layout of the file, to be filled; `schemaVersion` is one that was ever stored. */
export async function openToFill(name: string, schemaVersion: number): Promise<Dexie> {
  const db = new Dexie(name, { autoOpen: false, chromeTransactionDurability: 'relaxed' })
  declareVersions(db, schemaVersion)
  await db.open()
  return db
}

/** One page of records. A table that the layout does not have is none of ours: `malformed.file-damaged`. */
export async function fillPage(db: Dexie, table: string, bytes: Uint8Array): Promise<Result<number>> {
  if (!db.tables.some(({ name }) => name === table))
    return err(issue('malformed', { reason: 'file-damaged' }))
  const records = fromLines(bytes)
  await db.table(table).bulkPut(records)
  return ok(records.length)
}

/** What was written is counted in the store itself, not remembered. */
export async function holdsCounts(db: Dexie, counts: Readonly<Record<string, number>>): Promise<boolean> {
  for (const { name } of db.tables) if ((await db.table(name).count()) !== (counts[name] ?? 0)) return false
  return Object.keys(counts).every((table) => db.tables.some(({ name }) => name === table))
}

/**
 * Brings the filled database to the present layout and puts right what lies beside the records: people may have worked while the file
 * was written. It is left open.
 */
export async function openFilled(name: string): Promise<Result<CaravelDatabase>> {
  const opened = await openDatabase(name)
  if (!opened.ok) return opened
  await repairRows(opened.value)
  await repairCounters(opened.value)
  await doubtUnsent(opened.value)
  return opened
}

const BATCH = 500

/** What the file has as unsent may have been bought, counted or given back since it was written. */
async function doubtUnsent(db: CaravelDatabase): Promise<void> {
  await db.outbox.bulkPut((await db.outbox.toArray()).map(asFileCopy))
}

/** Every order has its slim row and no row is without its order. */
async function repairRows(db: CaravelDatabase): Promise<void> {
  const orders = (await db.orders.toCollection().primaryKeys()) as OrderId[]
  const rows = (await db.orderRows.toCollection().primaryKeys()) as OrderId[]
  const hasRow = new Set(rows)
  const hasOrder = new Set(orders)
  await db.orderRows.bulkDelete(rows.filter((id) => !hasOrder.has(id)))
  const missing = orders.filter((id) => !hasRow.has(id))
  for (let at = 0; at < missing.length; at += BATCH) {
    const found = await db.orders.bulkGet(missing.slice(at, at + BATCH))
    const read = found.map((stored) => orderSchema.safeParse(stored))
    await db.orderRows.bulkPut(read.flatMap(({ data }) => (data === undefined ? [] : [toOrderRow(data)])))
  }
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
