import { issue, type Issue } from '#core/shared/issue.ts'
import { WriteRefused } from '#renderer/data/write-gate.ts'

const REASONS: Record<string, string> = {
  QuotaExceededError: 'storage-full',
  UnknownError: 'storage-broken',
  OpenFailedError: 'storage-broken',
  VersionError: 'database-newer',
  DatabaseClosedError: 'storage-closed',
  InvalidStateError: 'storage-closed',
  MissingAPIError: 'storage-missing',
}

/** What the store's failures are called for people. Anything that is no storage failure is thrown on. */
export function storageIssue(error: unknown): Issue {
  if (error instanceof WriteRefused) return error.issue
  const names = [nameOf(error), nameOf((error as { inner?: unknown } | null)?.inner)]
  const known = names.find((name) => name in REASONS)
  if (known === undefined) throw error
  const message = error instanceof Error ? error.message : ''
  return issue('unsupported', { reason: REASONS[known], remoteMessage: message.slice(0, 500) })
}

/** Failures after which the store must be mended (reference/sync-perf.md, "Crash and full disk"). */
const TROUBLE: ReadonlySet<string> = new Set([
  ...['QuotaExceededError', 'UnknownError', 'OpenFailedError'],
  // Chromium closes the connection when LevelDB cannot write.
  'DatabaseClosedError',
  'ConnectionClosing',
])
const CLOSING = /connection is closing|backing store|database has been closed/i

/** What the store's failure is called when a full disk may be behind it; null for every other error. */
export function storeTrouble(error: unknown): string | null {
  for (const each of [error, (error as { inner?: unknown } | null)?.inner]) {
    const name = nameOf(each)
    if (TROUBLE.has(name)) return name
    if (each instanceof Error && CLOSING.test(each.message)) return 'ConnectionClosing'
  }
  return null
}

function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : ''
}
