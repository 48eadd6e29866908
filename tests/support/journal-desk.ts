import { ok, err } from '#core/shared/result.ts'
import { issue } from '#core/shared/issue.ts'
import type { JournalEntry } from '#core/contracts/journal.ts'
import { pageJournal } from '#main/journal/journal-pages.ts'
import { createJournal, type Journal } from '#main/journal/journal.ts'
import { openDatabase, type CaravelDatabase } from '#renderer/data/database.ts'
import type { Restored } from '#renderer/data/unsent/restore-kept.ts'
import { UnsentJournal } from '#renderer/data/unsent/unsent-journal.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import { reconcileUnsent } from '#renderer/usecases/reconcile-unsent.ts'
import type { TestDesk } from '#tests/support/test-desk.ts'

export const JOURNAL_NAME = 'caravel'

export interface JournalPlace {
  folder: string
  /** Name of the database. */
  store: string
  /** The journal's disk is full. */
  isFull?: () => boolean
}

/** A start of the app: main opens its journal anew, the page its store; the two are brought together, and the desk works on them. */
export async function startOnJournal(
  desk: TestDesk,
  { folder, store, isFull = () => false }: JournalPlace,
): Promise<{ journal: Journal; restored: Restored | null; handedOver: JournalEntry[] }> {
  desk.db.close()
  const journal = createJournal({ folder })
  const read = pageJournal(journal, 7)
  const handedOver: JournalEntry[] = []
  const calls: Partial<HostCalls> = {
    'journal.append': async ({ entries }) => {
      if (isFull()) return err(issue('unsupported', { reason: 'journal-not-written' }))
      await journal.append(structuredClone(entries))
      return ok({})
    },
    'journal.read': async (ask) => {
      const page = await read(ask)
      handedOver.push(...page.entries)
      return ok(page)
    },
  }
  Object.assign(desk.host, calls)
  const opened = await openDatabase(store)
  if (!opened.ok) throw new Error('not opened')
  desk.db = opened.value
  const reconciled = await reconcileUnsent(desk, JOURNAL_NAME)
  if (!reconciled.ok) throw new Error(reconciled.error.reason)
  desk.db.unsent = new UnsentJournal(desk.db, JOURNAL_NAME, desk.host['journal.append'])
  return { journal, restored: reconciled.value, handedOver }
}

/** The whole store is gone, as after a disk that was full. */
export async function loseStore(db: CaravelDatabase): Promise<void> {
  db.close()
  await new Promise((resolve) => (indexedDB.deleteDatabase(db.name).onsuccess = resolve))
}
