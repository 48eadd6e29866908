import { RATES_CONNECTION } from '#core/contracts/built-in.ts'
import { countRatesSince } from '#core/money/rate-days.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { Clock } from '#core/shared/ports.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { workspaceOf } from '#renderer/data/places.ts'
import { readNewestRates } from '#renderer/data/queries/rates.ts'
import { saveRateSets, type RatesGained } from '#renderer/data/repos/rates.repo.ts'
import { loadRatesState, saveRatesState } from '#renderer/data/repos/settings.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { HostCalls } from '#renderer/platform/host.ts'

export interface RatesTools {
  db: CaravelDatabase
  host: Pick<HostCalls, 'connector.pull-rates'>
  now: Clock
}

/** Left out rates that are named to a person; one that a source has dropped is missing on every day. */
const MOST_NAMED = 20

/**
 * Fetches the exchange rates that are missing: the newest day, or the last 90 when more than one is. What it comes to is kept for people;
 * what is here already stays when it fails. Issues: of the call, `malformed.…` of the answer.
 */
export async function fetchRates({ db, host, now }: RatesTools): Promise<Result<RatesGained>> {
  const newest = await readNewestRates(db)
  const missing = newest === null ? Infinity : countRatesSince(newest.date, now())
  const span = missing > 1 ? 'days-90' : 'latest'
  const connectionId = RATES_CONNECTION[workspaceOf(db.name)]
  const answer = await host['connector.pull-rates']({ connectionId, span })
  return inUnit(db, { stores: ['rateSets', 'settings'], durability: 'relaxed' }, async () => {
    const leftOut = answer.ok ? answer.value.leftOut.slice(0, MOST_NAMED) : []
    await saveRatesState(db, { triedAt: now(), issue: answer.ok ? null : answer.error, leftOut })
    if (!answer.ok) return answer
    return ok(await saveRateSets(db, answer.value.sets, { from: 'line', storedAt: now() }))
  })
}

/** Newer rates are out than those here. */
export async function lacksRates({ db, now }: Pick<RatesTools, 'db' | 'now'>): Promise<boolean> {
  const newest = await readNewestRates(db)
  return newest === null || countRatesSince(newest.date, now()) > 0
}

/** Between attempts nobody asked for. */
const REST_MS = 3_600_000

/** The same after one that failed, once the line may be back. */
const LINE_BACK_REST_MS = 60_000

/** Rates are lacking and the last attempt is a while ago. A desk without a shop calls nobody. */
export async function areRatesDue(tools: Pick<RatesTools, 'db' | 'now'>, lineBack = false): Promise<boolean> {
  const { db, now } = tools
  if ((await db.connections.count()) === 0 || !(await lacksRates(tools))) return false
  const state = await loadRatesState(db)
  const triedAt = state?.triedAt ?? -Infinity
  const rest = lineBack && (state?.issue ?? null) !== null ? LINE_BACK_REST_MS : REST_MS
  // A moment that is still to come is of a clock that was set back since.
  return now() - triedAt >= rest || triedAt > now()
}
