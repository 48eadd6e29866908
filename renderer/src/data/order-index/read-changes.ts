import type { OrderId } from '#core/shared/ids.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { readNear } from '#renderer/data/read-near.ts'
import { lastChange } from '#renderer/data/repos/order-changes.repo.ts'

/** What was noted after a number, with the rows as they are now. */
export interface ReadChanges {
  /** What is read holds all changes up to this one. */
  seq: number
  ids: OrderId[]
  rows: (OrderRow | undefined)[]
  /** Nothing was noted since. */
  isLast: boolean
}

const NOTES_AT_ONCE = 500
const IDS_AT_ONCE = 1_000

/** The next changes after `seq`, those made in this thread from its memory; null when some of them are no longer there, so that everything is to be read anew. */
export function readChanges(db: CaravelDatabase, seq: number): Promise<ReadChanges | null> {
  return db.transaction('r', [db.counters, db.orderChanges, db.orderRows], async () => {
    const last = await lastChange(db)
    if (last === seq) return { seq, ids: [], rows: [], isLast: true }
    const notes = await db.orderChanges.where(':id').above(seq).limit(NOTES_AT_ONCE).toArray()
    if (last < seq || notes.length === 0 || notes.some((note, i) => note.seq !== seq + 1 + i)) return null
    const found = new Map<OrderId, OrderRow | undefined>()
    let upTo = seq
    for (const note of notes) {
      if (found.size > 0 && found.size + note.ids.length > IDS_AT_ONCE) break
      const own = db.ownChanges?.rowsOf(note.seq)
      // The last change of an order says what it is.
      for (const id of note.ids) found.set(id, own?.get(id))
      upTo = note.seq
    }
    const ids = [...found.keys()]
    const unknown = ids.filter((id) => found.get(id) === undefined)
    const read = await readNear(db.orderRows, unknown)
    unknown.forEach((id, i) => found.set(id, read[i]))
    return { seq: upTo, ids, rows: [...found.values()], isLast: upTo === last }
  })
}

/** The folded texts of these orders; '' of one that is gone. */
export async function readTexts(db: CaravelDatabase, ids: OrderId[]): Promise<string[]> {
  return (await readNear(db.orderRows, ids)).map((row) => row?.searchText ?? '')
}

/** Slim rows in the order of their ids, those after `after`. */
export async function rowsAfter(db: CaravelDatabase, after: string, most: number): Promise<OrderRow[]> {
  const rows = after === '' ? db.orderRows.toCollection() : db.orderRows.where(':id').above(after)
  return rows.limit(most).toArray()
}
