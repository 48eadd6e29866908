import type { ConnectionId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'

/** Whether work reaches the outside, judged by what calls came to. `navigator.onLine` is only a hint. */
export interface Connectivity {
  state: 'online' | 'offline'
  /** Since when, epoch ms. */
  since: number
  /** Connections that could not be reached since the last one that could; each once. */
  unreachable: ConnectionId[]
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
 * Offline when every connection in use was out of reach in a row, or the system says there is no network. Online again
 * at the first call that reaches a remote; a hint alone never makes us online, it only asks the engine to try.
 */
export function reduceConnectivity(before: Connectivity, event: ConnectivityEvent): Connectivity {
  if (event.kind === 'hint')
    return event.online ? before : become(before, 'offline', event.at, before.unreachable)
  if (event.outcome === 'none') return before
  if (event.outcome === 'reached') return become(before, 'online', event.at, [])
  const unreachable = before.unreachable.includes(event.connectionId)
    ? before.unreachable
    : [...before.unreachable, event.connectionId]
  const allDown = event.connections.every((id) => unreachable.includes(id))
  return become(before, allDown ? 'offline' : before.state, event.at, unreachable)
}

function become(
  before: Connectivity,
  state: Connectivity['state'],
  at: number,
  unreachable: ConnectionId[],
): Connectivity {
  const same = before.state === state && before.unreachable.length === unreachable.length
  if (same) return before
  return { state, since: before.state === state ? before.since : at, unreachable }
}
