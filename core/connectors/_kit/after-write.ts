import { issue, type Issue } from '#core/shared/issue.ts'

/** A refusal because of the order's state may mean that another desk just did the same: the order itself says. */
export function isWorthReading(found: Issue): boolean {
  return found.code === 'conflict' && found.remoteCode !== undefined
}

/** Everything was written, but could not be read afterwards: the next attempt will find it done. */
export function asNotReadBack(found: Issue): Issue {
  if (found.code === 'auth') return found
  return issue('outcome-unknown', {
    reason: 'not-read-back',
    retryAfterMs: found.retryAfterMs,
    remoteCode: found.remoteCode ?? found.code,
    remoteMessage: found.remoteMessage,
  })
}
