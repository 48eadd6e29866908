import type { ConnectionId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'

/** Whether work reaches the outside, judged by what calls came to. `navigator.onLine` is only a hint. */
export interface Connectivity {
  state: 'online' | 'offline'
  /** Since when, epoch ms. */
  since: number
  /** Connections whose last call did not get through, each once, with the moment of the first that did not. */
  unreachable: Unreached[]
}

export interface Unreached {
  connectionId: ConnectionId
  /** Epoch ms. */
  since: number
}

export type ConnectivityEvent =
  | {
      kind: 'outcome'
      connectionId: ConnectionId
      outcome: CallOutcome
      /** Every connection that is in use now: when all of them are out of reach, we are offline. */
      connections: readonly ConnectionId[]
      at: number
    }
  | { kind: 'hint'; online: boolean; at: number }

/** What a call says about the line: `none` when it says nothing (cancelled, held back here). */
export type CallOutcome = 'reached' | 'unreachable' | 'none'

/** Reasons of a `remote-down` or `outcome-unknown` issue that came from a remote that did answer. */
const ANSWERED_REASONS: ReadonlySet<string> = new Set([
  'server-error',
  'redirected',
  'no-api-here',
  'unreadable-answer',
  'not-read-back',
])

export const INITIAL_CONNECTIVITY: Connectivity = { state: 'online', since: 0, unreachable: [] }

/** What the result of an operation says about the line. A shop that answers 500 is reachable; `null` means it went well. */
export function outcomeOf(issue: Issue | null): CallOutcome {
  if (issue === null) return 'reached'
  if (issue.code === 'cancelled' || issue.reason === 'local-limit' || issue.reason === 'vault-locked')
    return 'none'
  if (issue.code === 'outcome-unknown' && issue.reason === 'lease-expired') return 'none'
  if (issue.code !== 'remote-down' && issue.code !== 'outcome-unknown') return 'reached'
  return issue.reason !== undefined && ANSWERED_REASONS.has(issue.reason) ? 'reached' : 'unreachable'
}

/**
 * Offline when the last call of every connection in use did not get through, or the system says there is no network. Online
 * again at the first call that reaches a remote; a hint alone never makes us online, it only asks the engine to try.
 * A connection that is no longer in use is forgotten.
 */
export function reduceConnectivity(before: Connectivity, event: ConnectivityEvent): Connectivity {
  if (event.kind === 'hint')
    return event.online ? before : become(before, 'offline', event.at, before.unreachable)
  if (event.outcome === 'none') return before
  const { connectionId, connections, at } = event
  const inUse = before.unreachable.filter((each) => connections.includes(each.connectionId))
  if (event.outcome === 'reached')
    return become(
      before,
      'online',
      at,
      inUse.filter((each) => each.connectionId !== connectionId),
    )
  const known = inUse.some((each) => each.connectionId === connectionId)
  const unreachable = known ? inUse : [...inUse, { connectionId, since: at }]
  const allDown = connections.every((id) => isUnreached(unreachable, id))
  return become(before, allDown ? 'offline' : before.state, at, unreachable)
}

/** A connection is asked no more often than this only to find out whether the line is cut. */
export const PROBE_EVERY_MS = 60_000

export interface ProbeFacts {
  connections: readonly ConnectionId[]
  /** Those that a call is on its way to; it will tell. */
  busy: ReadonlySet<ConnectionId>
  /** When each was asked last for this purpose. */
  lastProbeAt: ReadonlyMap<ConnectionId, number>
  now: number
}

/**
 * The connections to ask. Once one is out of reach while the desk counts as online: those nothing bad is known of, since only
 * their answer tells whether one shop is down or the line is cut. And whatever is out of reach, again every minute.
 */
export function chooseProbes(line: Connectivity, facts: ProbeFacts): ConnectionId[] {
  if (line.unreachable.length === 0) return []
  return facts.connections.filter((id) => {
    const wanted = line.state === 'online' || isUnreached(line.unreachable, id)
    return wanted && !facts.busy.has(id) && nextProbeOf(line, id, facts.lastProbeAt) <= facts.now
  })
}

/** When something that is out of reach is to be asked again, epoch ms; null while all is well. */
export function nextProbeAt(line: Connectivity, facts: Omit<ProbeFacts, 'busy'>): number | null {
  const inUse = line.unreachable.filter(({ connectionId }) => facts.connections.includes(connectionId))
  const times = inUse.map(({ connectionId }) => nextProbeOf(line, connectionId, facts.lastProbeAt))
  const ahead = times.filter((at) => at > facts.now)
  return ahead.length === 0 ? null : Math.min(...ahead)
}

function nextProbeOf(line: Connectivity, id: ConnectionId, asked: ProbeFacts['lastProbeAt']): number {
  const since = line.unreachable.find((each) => each.connectionId === id)?.since ?? -Infinity
  return Math.max(since, asked.get(id) ?? -Infinity) + PROBE_EVERY_MS
}

function isUnreached(unreachable: readonly Unreached[], id: ConnectionId): boolean {
  return unreachable.some((each) => each.connectionId === id)
}

function become(
  before: Connectivity,
  state: Connectivity['state'],
  at: number,
  unreachable: Unreached[],
): Connectivity {
  const old = before.unreachable
  const same =
    before.state === state &&
    old.length === unreachable.length &&
    unreachable.every((each) => old.includes(each))
  if (same) return before
  return { state, since: before.state === state ? before.since : at, unreachable }
}
