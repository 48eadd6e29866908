import { toCsv } from '#core/shared/csv.ts'
import { ok, type Result } from '#core/shared/result.ts'
import { readJournalPage, type JournalFilter } from '#renderer/data/queries/journal.ts'
import type { Activity } from '#renderer/data/records.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

const PAGE = 2_000

export interface JournalFile {
  /** Without its ending. */
  name: string
  titles: readonly string[]
  /** In the order of the titles. */
  cellsOf: (entry: Activity) => readonly (string | number)[]
}

/** Writes what a filter shows of the journal, newest first, to a file that the person chooses. Issues: those of saving. */
export async function exportJournal(
  { db, host }: UseCaseContext,
  filter: JournalFilter,
  { name, titles, cellsOf }: JournalFile,
): Promise<Result<{ saved: boolean; count: number }>> {
  const rows: (readonly (string | number)[])[] = [titles]
  let before: number | null = null
  do {
    const page: Awaited<ReturnType<typeof readJournalPage>> = await readJournalPage(db, filter, {
      before,
      limit: PAGE,
    })
    rows.push(...page.entries.map(cellsOf))
    before = page.next
  } while (before !== null)
  const bytes = new TextEncoder().encode(toCsv(rows))
  const saved = await host['documents.save']({ kind: 'csv', suggestedName: `${name}.csv`, bytes })
  return saved.ok ? ok({ ...saved.value, count: rows.length - 1 }) : saved
}
