import { issue, type Issue } from '#core/shared/issue.ts'

/** A refusal because of the order's state may mean that another desk just did the same: the order itself says. */
export function isWorthReading(found: Issue): boolean {
  return found.code === 'conflict' && found.remoteCode !== undefined
}

/**
 * Something was written, but could not be read afterwards: the next attempt will find it done. Also where the session ended in between: the
 * next attempt asks for the sign-in, and must know by then that this one may have arrived.
 */
export function asNotReadBack(found: Issue): Issue {
  return issue('outcome-unknown', {
    reason: 'not-read-back',
    retryAfterMs: found.retryAfterMs,
    remoteCode: found.remoteCode ?? found.code,
    remoteMessage: found.remoteMessage,
  })
}
