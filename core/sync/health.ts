import type { ConnectionId } from '#core/shared/ids.ts'
import type { IssueCode } from '#core/shared/issue.ts'
import { breakerState, CLOSED_BREAKER, type Breaker } from '#core/sync/breaker.ts'
import type { Connectivity } from '#core/sync/connectivity.ts'
import type { GuardAlarm } from '#core/sync/guards.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'

/** Health is judged by data (what waits and since when), never by whether a socket is open. */
export interface HealthFacts {
  now: number
  connectivity: Pick<Connectivity, 'state' | 'since'>
  connections: readonly ConnectionFacts[]
  outbox: readonly Pick<OutboxRow, 'connectionId' | 'state' | 'held' | 'createdAt'>[]
  /** First seen, of everything that could not be read and was not put away. */
  quarantinedAt: readonly number[]
  /** Bytes of the store, of those it may use; null when the system does not say. */
  space: { used: number; quota: number } | null
  /** Since when backups that are made by themselves fail, and why; null while they do not. */
  backup: { failedSince: number; code: IssueCode } | null
  /** Listings of which a file says that pieces are out of the shop, and when it was written; null when nothing is to be decided. */
  copiedStock?: { listings: number; copiedAt: number } | null
  /** How far this machine's clock is ahead of the shops', in ms (negative: behind); null while that is not known. */
  clockOffMs?: number | null
}

export interface ConnectionFacts {
  id: ConnectionId
  name: string
  paused: boolean
  readOnly?: true | undefined
  disconnectedAt?: number | undefined
  needsSignIn: boolean
  pullEveryMs: number
  lastSuccessAt: number | null
  createdAt: number
  alarm?: GuardAlarm | undefined
  breaker?: Breaker | undefined
  checkpoint: { updatedAt: number } | null
  /** When its access ends unless a person renews it; absent when nobody has to. */
  tokenExpiresAt?: number | undefined
}

/** Most urgent first: what may be wrong with the orders, what stops work, what is late, what piles up. */
export const HEALTH_KINDS = [
  'alarm',
  'sign-in',
  'clock-off',
  'clock-behind',
  'unsent-old',
  'sending-paused',
  'silent',
  'token-expiring',
  'stock-in-doubt',
  'space-low',
  'backup-failed',
  'backlog-grows',
  'unreadable-grows',
  'offline-long',
] as const
export type HealthKind = (typeof HEALTH_KINDS)[number]

export interface HealthFinding {
  kind: HealthKind
  /** '' when it concerns no single shop. */
  connectionId: ConnectionId | ''
  name: string
  count: number
  /** Since when, epoch ms. */
  since: number
}

const MINUTE = 60_000
/** A change that waits longer than this is late: the buyer sees nothing of the shipment. */
const UNSENT_LIMIT_MS = 30 * MINUTE
/** A marketplace may take this long to show what it took. */
const SHOWING_LIMIT_MS = 24 * 60 * MINUTE
const SILENCE_LEAST_MS = 30 * MINUTE
const BACKLOG_LEAST = 10
const BACKLOG_WINDOW_MS = 15 * MINUTE
const QUARANTINE_LEAST = 3
const QUARANTINE_WINDOW_MS = 24 * 60 * MINUTE
const OFFLINE_LIMIT_MS = 4 * 60 * MINUTE
const CLOCK_LIMIT_MS = 5 * MINUTE
/** Time to find the person who may renew it. */
const TOKEN_NOTICE_MS = 7 * 24 * 60 * MINUTE
const SPACE_SHARE = 0.8
/** A vault that is not open yet is opened in the course of a day, and the backup follows by itself. */
const LOCKED_BACKUP_MS = 24 * 60 * MINUTE

/** Everything that needs a person, most urgent first; empty when all is well. */
export function findHealth(all: HealthFacts): HealthFinding[] {
  // What waits for a read-only shop waits on purpose.
  const kept = new Set(all.connections.filter(({ readOnly }) => readOnly === true).map(({ id }) => id))
  const facts = { ...all, outbox: all.outbox.filter(({ connectionId }) => !kept.has(connectionId)) }
  const offline = facts.connectivity.state === 'offline'
  const found = [
    ...facts.connections.flatMap((connection) => connectionFindings(connection, facts, offline)),
    ...(offline ? offlineFindings(facts) : backlogFindings(facts)),
    ...quarantineFindings(facts),
    ...storeFindings(facts),
    ...copiedFindings(facts),
    ...clockFindings(facts),
  ]
  const rank = ({ kind }: HealthFinding): number => HEALTH_KINDS.indexOf(kind)
  return found.sort((a, b) => rank(a) - rank(b) || a.since - b.since || (a.name < b.name ? -1 : 1))
}

/** How long a shop may be silent: three pulls, at least half an hour; for ever when it is pulled by hand. */
export function silenceLimit({ pullEveryMs }: Pick<ConnectionFacts, 'pullEveryMs'>): number {
  return pullEveryMs > 0 ? Math.max(SILENCE_LEAST_MS, 3 * pullEveryMs) : Number.POSITIVE_INFINITY
}

/** More than four fifths of what the store may use are used. */
export function isSpaceLow({ used, quota }: { used: number; quota: number }): boolean {
  return used > quota * SPACE_SHARE
}

function connectionFindings(
  connection: ConnectionFacts,
  { now, outbox }: HealthFacts,
  offline: boolean,
): HealthFinding[] {
  const { id, name, alarm, breaker = CLOSED_BREAKER, checkpoint } = connection
  const found = (kind: HealthKind, since: number, count = 0): HealthFinding[] => [
    { kind, connectionId: id, name, count, since },
  ]
  if (alarm !== undefined) return found('alarm', alarm.at, alarm.count)
  const waiting = outbox.filter((row) => row.connectionId === id && !row.held && !isShowing(row, now))
  const oldest = Math.min(...waiting.map(({ createdAt }) => createdAt))
  if (connection.needsSignIn)
    return found(
      'sign-in',
      Math.min(oldest, connection.lastSuccessAt ?? connection.createdAt),
      waiting.length,
    )
  if (connection.paused || connection.disconnectedAt !== undefined) return []
  const lastHeard = connection.lastSuccessAt ?? connection.createdAt
  // A shop that knows of changes in this desk's future: the clock here is behind.
  const ahead = checkpoint !== null && checkpoint.updatedAt > now + CLOCK_LIMIT_MS
  const late = waiting.length > 0 && now - oldest > UNSENT_LIMIT_MS
  const stopped = breakerState(breaker, now) === 'open' && waiting.length > 0
  const silent = now - lastHeard > silenceLimit(connection)
  return [
    ...(ahead ? found('clock-behind', now) : []),
    ...(!offline && late ? found('unsent-old', oldest, waiting.length) : []),
    ...(!offline && stopped && !late ? found('sending-paused', oldest, waiting.length) : []),
    ...(!offline && silent ? found('silent', lastHeard) : []),
    ...tokenFindings(connection, now),
  ]
}

/** The shop took it a while ago at most: that it does not show yet is as usual. */
function isShowing({ state, createdAt }: HealthFacts['outbox'][number], now: number): boolean {
  return state === 'accepted' && now - createdAt < SHOWING_LIMIT_MS
}

/** `count`: days that are left, begun ones too. */
function tokenFindings({ id, name, tokenExpiresAt }: ConnectionFacts, now: number): HealthFinding[] {
  if (tokenExpiresAt === undefined || tokenExpiresAt - now >= TOKEN_NOTICE_MS) return []
  const count = Math.max(0, Math.ceil((tokenExpiresAt - now) / (24 * 60 * MINUTE)))
  return [{ kind: 'token-expiring', connectionId: id, name, count, since: tokenExpiresAt - TOKEN_NOTICE_MS }]
}

/** `count`: minutes, whichever way. */
function clockFindings({ now, clockOffMs }: HealthFacts): HealthFinding[] {
  const off = Math.abs(clockOffMs ?? 0)
  if (off <= CLOCK_LIMIT_MS) return []
  return [{ kind: 'clock-off', connectionId: '', name: '', count: Math.round(off / MINUTE), since: now }]
}

function offlineFindings({ now, connectivity, outbox }: HealthFacts): HealthFinding[] {
  const waiting = outbox.filter(({ held }) => !held).length
  const long = now - connectivity.since > OFFLINE_LIMIT_MS
  return long && waiting > 0
    ? [{ kind: 'offline-long', connectionId: '', name: '', count: waiting, since: connectivity.since }]
    : []
}

/** New changes come while old ones do not leave. */
function backlogFindings({ now, outbox }: HealthFacts): HealthFinding[] {
  const waiting = outbox.filter(({ held }) => !held)
  const oldest = Math.min(...waiting.map(({ createdAt }) => createdAt))
  const fresh = waiting.filter(({ createdAt }) => now - createdAt < BACKLOG_WINDOW_MS).length
  const grows = waiting.length >= BACKLOG_LEAST && fresh > 0 && now - oldest > BACKLOG_WINDOW_MS
  return grows
    ? [{ kind: 'backlog-grows', connectionId: '', name: '', count: waiting.length, since: oldest }]
    : []
}

function quarantineFindings({ now, quarantinedAt }: HealthFacts): HealthFinding[] {
  const fresh = quarantinedAt.filter((at) => now - at < QUARANTINE_WINDOW_MS)
  return fresh.length >= QUARANTINE_LEAST
    ? [
        {
          kind: 'unreadable-grows',
          connectionId: '',
          name: '',
          count: quarantinedAt.length,
          since: Math.min(...fresh),
        },
      ]
    : []
}

function copiedFindings({ copiedStock = null }: HealthFacts): HealthFinding[] {
  if (copiedStock === null) return []
  const { listings: count, copiedAt: since } = copiedStock
  return [{ kind: 'stock-in-doubt', connectionId: '', name: '', count, since }]
}

function storeFindings({ now, space, backup }: HealthFacts): HealthFinding[] {
  const ofDesk = { connectionId: '', name: '' } as const
  const failed =
    backup !== null && now - backup.failedSince >= (backup.code === 'auth' ? LOCKED_BACKUP_MS : 0)
  return [
    ...(space !== null && isSpaceLow(space)
      ? [
          {
            ...{ kind: 'space-low' as const, ...ofDesk },
            ...{ count: Math.round((100 * space.used) / space.quota), since: now },
          },
        ]
      : []),
    ...(failed ? [{ kind: 'backup-failed' as const, ...ofDesk, count: 0, since: backup.failedSince }] : []),
  ]
}
