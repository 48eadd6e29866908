import { JOURNAL_PAGE, type JournalEntry } from '#core/contracts/journal.ts'
import type { Journal } from '#main/journal/journal.ts'

export interface JournalPage {
  seq: number
  entries: JournalEntry[]
  /** What the next page is asked for by; null after the last. */
  next: number | null
  damaged: number
}

export type ReadJournalPage = (ask: { after: number; productsAfter: number | null }) => Promise<JournalPage>

/**
 * What a journal holds, in pages that are all of the moment in which the first was asked for. A shop may have a hundred thousand products:
 * those of changes up to `productsAfter` are left out.
 */
export function pageJournal(journal: Journal, size = JOURNAL_PAGE): ReadJournalPage {
  let held: Awaited<ReturnType<Journal['read']>> | null = null
  return async ({ after, productsAfter }) => {
    if (after === 0 || held === null) {
      const { entries, ...rest } = await journal.read()
      const wanted = entries.filter(
        ({ store, seq }) => store !== 'products' || productsAfter === null || seq > productsAfter,
      )
      held = { ...rest, entries: wanted }
    }
    const { seq, damaged, entries } = held
    const next = after + size < entries.length ? after + size : null
    if (next === null) held = null
    return { seq, damaged, entries: entries.slice(after, after + size), next }
  }
}
