import Dexie from 'dexie'
import {
  JOURNAL_PAGE,
  JOURNAL_STORES,
  JOURNALLED_DATABASES,
  type JournalDatabase,
  type JournalEntry,
} from '#core/contracts/journal.ts'
import type { Nothing } from '#core/contracts/ipc.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { allKept, keptOf, toEntry } from '#renderer/data/unsent/kept-entries.ts'
import { touchedBy } from '#renderer/data/unsent/touched.ts'
import type { UnsentPort } from '#renderer/data/unsent/unsent-port.ts'

/** Main's end of the journal. */
export type AppendPort = (input: {
  database: JournalDatabase
  entries: JournalEntry[]
}) => Promise<Result<Nothing>>

/**
 * Tells main's journal what units of work changed (docs/adr/0010). A change whose entry could not be written stays in the
 * store, and is told again, with everything else, as soon as the journal can be written.
 */
export class UnsentJournal implements UnsentPort {
  readonly #db: CaravelDatabase
  readonly #append: AppendPort
  readonly #database: JournalDatabase
  #behind = false
  /** Hears when the journal falls behind the store, and when it has caught up. */
  onBehind: (behind: boolean) => void = () => undefined

  constructor(db: CaravelDatabase, database: JournalDatabase, append: AppendPort) {
    this.#db = db
    this.#database = database
    this.#append = append
  }

  async note(entries: readonly JournalEntry[]): Promise<void> {
    if (entries.length === 0) return
    const written = this.#behind ? await this.#tellAll(entries) : await this.#write(entries)
    this.#setBehind(!written.ok)
  }

  /** The journal could not be read or written at start. */
  fallBehind(): void {
    this.#setBehind(true)
  }

  async catchUp(): Promise<void> {
    if (this.#behind) this.#setBehind(!(await this.#tellAll([])).ok)
  }

  /** Entries in as many calls as they need. */
  async #write(entries: readonly JournalEntry[]): Promise<Result<Nothing>> {
    for (let at = 0; at < entries.length; at += JOURNAL_PAGE) {
      const page = entries.slice(at, at + JOURNAL_PAGE)
      const written = await this.#append({ database: this.#database, entries: page })
      if (!written.ok) return written
    }
    return ok({})
  }

  /** Removals that were missed stay behind until the next start compares the two; a put too many does no harm. */
  async #tellAll(entries: readonly JournalEntry[]): Promise<Result<Nothing>> {
    const db = this.#db
    const all = await db.transaction('r', KEPT_TABLES, async () => {
      const seq = await keptSeq(db)
      return (await allKept(db, { known: [], whole: true })).map((kept) => toEntry(kept, seq))
    })
    return this.#write([...all, ...entries.filter(({ kind }) => kind === 'remove')])
  }

  #setBehind(behind: boolean): void {
    if (behind === this.#behind) return
    this.#behind = behind
    this.onBehind(behind)
  }
}

/** The journal's name of a database, whatever an import added to it (data/places.ts); null for those of tests and of the repair. */
export function journalNameOf(dbName: string): JournalDatabase | null {
  return JOURNALLED_DATABASES.find((name) => name === dbName.split('.')[0]) ?? null
}

/** The stores that a snapshot reads. */
export const KEPT_TABLES = [...JOURNAL_STORES, 'shadows', 'orderRows', 'listingRows', 'conflicts']

/** Number of the last journalled change that this store has; 0 when it never had one. */
export async function keptSeq(db: CaravelDatabase): Promise<number> {
  const row = await db.settings.get('kept')
  return row?.key === 'kept' ? row.value.seq : 0
}

export async function setKeptSeq(db: CaravelDatabase, seq: number): Promise<void> {
  const whole = await wasToldWhole(db)
  await db.settings.put({ key: 'kept', value: { seq, ...(whole ? { whole } : {}) } })
}

/** True once all that is worth keeping of this very store was told, products among it; from then on each unit tells what it changed. */
export async function wasToldWhole(db: CaravelDatabase): Promise<boolean> {
  const row = await db.settings.get('kept')
  return row?.key === 'kept' && row.value.whole === true
}

export async function markToldWhole(db: CaravelDatabase, whole: boolean): Promise<void> {
  const seq = await keptSeq(db)
  await db.settings.put({ key: 'kept', value: { seq, ...(whole ? { whole } : {}) } })
}

/**
 * At the end of a unit, inside its transaction: what it changed, under the next number. The number is counted in the
 * transaction, so the order of the numbers is the order of the commits, in whatever window or worker.
 */
export async function closeUnit(db: CaravelDatabase): Promise<JournalEntry[]> {
  const transaction = Dexie.currentTransaction.idbtrans
  // Side by side: whoever did it waits for each.
  const [kept, row] = await Promise.all([keptOf(db, touchedBy(transaction)), db.settings.get('kept')])
  if (kept.length === 0) return []
  const before = row?.key === 'kept' ? row.value : { seq: 0 }
  const seq = before.seq + 1
  await db.settings.put({ key: 'kept', value: { ...before, seq } })
  return kept.map((each) => toEntry(each, seq))
}
