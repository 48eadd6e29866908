import type { JournalEntry } from '#core/contracts/journal.ts'

/** Where units of work of one database note what must survive the loss of the store (docs/adr/0010). */
export interface UnsentPort {
  /** Resolves when the entries are on the disk, or when it is known that they are not. */
  note(entries: readonly JournalEntry[]): Promise<void>
  /** Tries again what could not be written. */
  catchUp(): Promise<void>
}
