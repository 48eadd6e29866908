import { JOURNAL_PAGE, type JournalEntry } from '#core/contracts/journal.ts'
import type { Journal } from '#main/journal/journal.ts'
import { openRecord } from '#main/journal/record.ts'

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
      const { records, ...rest } = await journal.read()
      const wanted = records.filter(
        ({ store, seq }) => store !== 'products' || productsAfter === null || seq > productsAfter,
      )
      held = { ...rest, records: wanted }
    }
    const { seq, damaged, records } = held
    const next = after + size < records.length ? after + size : null
    if (next === null) held = null
    return { seq, damaged, entries: records.slice(after, after + size).map(openRecord), next }
  }
}
