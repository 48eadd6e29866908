import type { HealthFinding } from '#core/sync/health.ts'

/** What the bar shows and how long it has; the memory that keeps it from flickering. */
export interface ShownHealth {
  finding: HealthFinding | null
  /** Since when a finding other than the one shown (or none) has been the most urgent; null while it is the one shown. */
  otherSince: number | null
  otherKey: string
}

export const NOTHING_SHOWN: ShownHealth = { finding: null, otherSince: null, otherKey: '' }

/** A change of the bar has to last this long before it shows. */
export const STEADY_MS = 5_000

/**
 * The next state of the bar. Another finding, or none, takes over only after it has lasted; numbers within the same finding
 * follow at once. So a shop that answers every other call moves nothing.
 */
export function steadyHealth(before: ShownHealth, found: readonly HealthFinding[], now: number): ShownHealth {
  const [first = null] = found
  const shown = keyOf(before.finding)
  const wanted = keyOf(first)
  if (wanted === shown) return { finding: first, otherSince: null, otherKey: '' }
  const since = before.otherKey === wanted && before.otherSince !== null ? before.otherSince : now
  if (now - since >= STEADY_MS) return { finding: first, otherSince: null, otherKey: '' }
  // What is shown keeps its newest numbers while it is still true; else it stays as it was.
  const current = found.find((each) => keyOf(each) === shown) ?? before.finding
  return { finding: current, otherSince: since, otherKey: wanted }
}

function keyOf(finding: HealthFinding | null): string {
  return finding === null ? 'none' : `${finding.kind} ${finding.connectionId}`
}
