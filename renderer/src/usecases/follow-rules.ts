import { withSdr } from '#core/money/sdr.ts'
import type { RuleTables } from '#core/order/check-order.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { readNewestRates, watchRates } from '#renderer/data/queries/rates.ts'
import { watchRuleFile } from '#renderer/data/queries/reference-files.ts'
import { loadRuleFile } from '#renderer/data/repos/reference-files.repo.ts'
import type { StoredRateSet } from '#renderer/data/records.ts'
import { builtInChecks } from '#renderer/platform/parcel-checks.ts'
import { rulesInForce } from '#renderer/platform/rule-tables.ts'

/**
 * The dated tables that orders are judged by, of this database: rules and limits, and the newest exchange rates with the SDR that limits are
 * written in. Without rates, checks of limits say that they could not look.
 */
export async function loadRuleTables(db: CaravelDatabase): Promise<RuleTables> {
  const [file, rates] = await Promise.all([loadRuleFile(db), readNewestRates(db)])
  return { destinations: rulesInForce(file?.text).set, rates: ofLimits(rates), checks: builtInChecks() }
}

/** The same, kept as they are stored for as long as the database is open, whoever in whatever window changes them. */
export async function followRules(db: CaravelDatabase): Promise<RuleTables> {
  const tables = await loadRuleTables(db)
  // A store that is closed or ill says so elsewhere; the rules that were read go on.
  const ill = () => undefined
  watchRuleFile(db).subscribe((file) => (tables.destinations = rulesInForce(file?.text).set), ill)
  watchRates(db).subscribe(({ newest }) => (tables.rates = ofLimits(newest)), ill)
  return tables
}

function ofLimits(rates: StoredRateSet | null): RuleTables['rates'] {
  return rates === null ? null : withSdr(rates)
}
