import { openDatabase } from '#renderer/data/database.ts'
import type { DatabaseDump } from '#tests/repositories/dump.ts'
import { runRepositorySuite } from '#tests/repositories/repository.suite.ts'

export interface CaseReport {
  name: string
  failure: string | null
}

/** Runs the suite in a page, one case after the other. */
export async function runInPage(v1: DatabaseDump, v2: DatabaseDump): Promise<CaseReport[]> {
  const cases: { name: string; run: () => Promise<void> }[] = []
  runRepositorySuite({ test: (name, run) => void cases.push({ name, run }), equal, openDatabase, v1, v2 })
  const reports: CaseReport[] = []
  for (const { name, run } of cases) {
    const failure = await run().then(
      () => null,
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    )
    reports.push({ name, failure })
  }
  return reports
}

function equal(actual: unknown, expected: unknown): void {
  const [is, should] = [sorted(actual), sorted(expected)]
  if (is !== should) throw new Error(`${is} is not ${should}`)
}

/** JSON with keys in order, so that equal values give equal texts. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
