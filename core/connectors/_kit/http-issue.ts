import { issue, type Issue } from '#core/shared/issue.ts'
import type { Effect, HttpAnswer, HttpFailure, HttpResponse } from '#core/connectors/_kit/operation.ts'

const LONGEST_WAIT_MS = 24 * 3_600_000

/** The issue in a response, judged by transport and HTTP status alone; null when the status is 2xx. */
export function issueOfResponse(response: HttpResponse, effect: Effect): Issue | null {
  return response.kind === 'failure' ? issueOfFailure(response, effect) : issueOfStatus(response, effect)
}

/** No answer: harmless for a read; for a write that may have left, the outcome is unknown. */
export function issueOfFailure(failure: HttpFailure, effect: Effect): Issue {
  const details = { reason: failure.reason, remoteMessage: failure.message }
  if (effect === 'write' && failure.sent === 'unknown') return issue('outcome-unknown', details)
  if (failure.reason === 'aborted') return issue('cancelled', details)
  return issue('remote-down', details)
}

/**
 * HTTP status → Issue. A 5xx, 408 or redirect in answer to a write does not prove that nothing happened (a gateway may
 * time out while the shop goes on working), so it is an unknown outcome.
 */
export function issueOfStatus(answer: HttpAnswer, effect: Effect): Issue | null {
  const { status } = answer
  if (status >= 200 && status < 300) return null
  const details = { remoteCode: `HTTP ${status}`, retryAfterMs: readRetryAfter(answer) ?? undefined }
  if (status === 401) return issue('auth', { ...details, reason: 'signed-out' })
  if (status === 403) return issue('auth', { ...details, reason: 'not-allowed' })
  if (status === 404 || status === 410) return issue('not-found', details)
  if (status === 409 || status === 412) return issue('conflict', details)
  if (status === 429) return issue('rate-limited', details)
  if (status === 405 || status === 406 || status === 415 || status === 426)
    return issue('unsupported', details)
  if (status >= 400 && status < 500 && status !== 408) return issue('invalid-input', details)
  const reason = status >= 300 && status < 400 ? 'redirected' : 'server-error'
  return issue(effect === 'write' ? 'outcome-unknown' : 'remote-down', { ...details, reason })
}

/** Retry-After in ms, from seconds or an HTTP date (against the remote's own clock when it sends one); null when absent. */
export function readRetryAfter(answer: HttpAnswer): number | null {
  const value = answer.headers['retry-after']?.trim()
  if (value === undefined || value === '') return null
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(Math.ceil(Number(value) * 1000), LONGEST_WAIT_MS)
  const at = Date.parse(value)
  if (Number.isNaN(at)) return null
  const remoteNow = Date.parse(answer.headers['date'] ?? '')
  const wait = at - (Number.isNaN(remoteNow) ? answer.receivedAt : remoteNow)
  return Math.min(Math.max(0, wait), LONGEST_WAIT_MS)
}

/** An answer with status 2xx that cannot be read. A write may have worked all the same. */
export function unreadableAnswer(effect: Effect, message: string): Issue {
  const details = { reason: 'unreadable-answer', remoteMessage: message }
  return effect === 'write' ? issue('outcome-unknown', details) : issue('malformed', details)
}
