/**
 * The closed union of expected failures. Texts for people come from locales/, keyed by code
 * (and by `reason` where one code has several plain-language causes).
 */
export const ISSUE_CODES = [
  'auth',
  'rate-limited',
  'invalid-input',
  'conflict',
  'not-found',
  'unsupported',
  'remote-down',
  'malformed',
  'cancelled',
  'outcome-unknown',
] as const

export type IssueCode = (typeof ISSUE_CODES)[number]

export interface Issue {
  code: IssueCode
  /** Stable key of the precise cause, e.g. `vault-locked`; looked up as `issues:<code>.<reason>`. */
  reason?: string | undefined
  /** Path of the field at fault, e.g. `lines.0.hs6`. */
  field?: string | undefined
  /** How long to wait before trying again, in ms. */
  retryAfterMs?: number | undefined
  /** What the other side called it. */
  remoteCode?: string | undefined
  /** What the other side said; never contains secrets, may be shown to the seller. */
  remoteMessage?: string | undefined
}

export function issue(code: IssueCode, details: Omit<Issue, 'code'> = {}): Issue {
  return { code, ...details }
}
