import { issue, type Issue } from '#core/shared/issue.ts'

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
  const names = [nameOf(error), nameOf((error as { inner?: unknown } | null)?.inner)]
  const known = names.find((name) => name in REASONS)
  if (known === undefined) throw error
  const message = error instanceof Error ? error.message : ''
  return issue('unsupported', { reason: REASONS[known], remoteMessage: message.slice(0, 500) })
}

function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : ''
}
