import type { RuleTables } from '#core/order/check-order.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watchRuleFile } from '#renderer/data/queries/reference-files.ts'
import { loadRuleFile } from '#renderer/data/repos/reference-files.repo.ts'
import { rulesInForce } from '#renderer/platform/rule-tables.ts'

/**
 * The dated tables that orders are judged by, of this database. Exchange rates do not belong to them, and the bank's have no SDR, by which
 * checks of limits reckon: they say that they could not look.
 */
export async function loadRuleTables(db: CaravelDatabase): Promise<RuleTables> {
  const file = await loadRuleFile(db)
  return { destinations: rulesInForce(file?.text).set, rates: null }
}

/** The same, kept as they are stored for as long as the database is open, whoever in whatever window changes them. */
export async function followRules(db: CaravelDatabase): Promise<RuleTables> {
  const tables = await loadRuleTables(db)
  watchRuleFile(db).subscribe(
    (file) => (tables.destinations = rulesInForce(file?.text).set),
    // A store that is closed or ill says so elsewhere; the rules that were read go on.
    () => undefined,
  )
  return tables
}
