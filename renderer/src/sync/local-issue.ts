import { issue, type Issue } from '#core/shared/issue.ts'
import type { Result } from '#core/shared/result.ts'

/** Refusals of this machine's own vault; the shop never heard of the call, so it must not look like a refused sign-in. */
const OWN_REASONS: ReadonlySet<string> = new Set(['vault-locked', 'system-key-unavailable'])

/** How long a shop is left alone after a call that did not leave this machine. */
export const COOL_MS = 5_000

/** A call that this machine refused counts as cancelled: nothing was sent, it is tried again in a while. */
export function ownRefusalAsCancelled<T>(result: Result<T>): Result<T> {
  const own = !result.ok && result.error.code === 'auth' && OWN_REASONS.has(result.error.reason ?? '')
  return own ? { ok: false, error: asCancelled(result.error) } : result
}

function asCancelled({ reason }: Issue): Issue {
  return issue('cancelled', { reason })
}
