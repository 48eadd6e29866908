import type { ConnectionId, OutboxId } from '#core/shared/ids.ts'
import type { IssueCode } from '#core/shared/issue.ts'
import { isClosedBy, isDue, sortForSending } from '#core/sync/choose-sends.ts'
import { laneOf, type OutboxRow } from '#core/sync/outbox.ts'

/** How many changes are worth a batch of one remote, and how many fit into one. */
export interface BatchLimits {
  least: number
  most: number
}

/** Prices of one market that leave together. */
export interface Batch {
  connectionId: ConnectionId
  market: string | undefined
  ids: OutboxId[]
}

export interface BatchChoice {
  /** Null where a remote takes changes one by one only. */
  limitsOf: (id: ConnectionId) => BatchLimits | null
  /** Connections that must not be used now, or take one call at most. */
  skip: ReadonlySet<ConnectionId>
  /** It is on its way, or an attempt at it may still be arriving; it keeps back its lane all the same. */
  busy: (id: OutboxId) => boolean
}

/**
 * The batches that may be made now, one for each connection: of the market for which most prices wait, oldest first. Prices only: a text
 * is judged by a person, and pieces sold while a batch waits at the remote would be written over.
 */
export function chooseBatches(
  rows: readonly OutboxRow[],
  now: number,
  { limitsOf, skip, busy }: BatchChoice,
): Batch[] {
  const closed = new Set(skip)
  const heads = new Set<string>()
  const waiting = new Map<ConnectionId, Map<string, OutboxId[]>>()
  for (const row of sortForSending(rows)) {
    if (isClosedBy(row, now) || (row.state === 'leased' && row.batch === 'making'))
      closed.add(row.connectionId)
    if (limitsOf(row.connectionId) === null) continue
    const lane = laneOf(row)
    const isHead = !heads.has(lane)
    heads.add(lane)
    if (!isHead || row.kind !== 'push-price' || !isDue(row, now) || !mayJoin(row) || busy(row.id)) continue
    const markets = waiting.get(row.connectionId) ?? new Map<string, OutboxId[]>()
    waiting.set(row.connectionId, markets)
    const { market = '' } = row.payload
    markets.set(market, [...(markets.get(market) ?? []), row.id])
  }
  return [...waiting].flatMap(([connectionId, markets]) => {
    const limits = limitsOf(connectionId)
    const [market, ids = []] = [...markets].sort(([, a], [, b]) => b.length - a.length)[0] ?? []
    if (limits === null || closed.has(connectionId) || ids.length < limits.least) return []
    return [{ connectionId, market: market === '' ? undefined : market, ids: ids.slice(0, limits.most) }]
  })
}

const NOT_ABOUT_IT: ReadonlySet<IssueCode> = new Set(['remote-down', 'rate-limited', 'auth', 'cancelled'])

/** Nothing is known of it at the remote, neither that it may have arrived nor that it was refused. */
export function mayJoin({ batch, inFlight, lastIssue }: OutboxRow): boolean {
  return batch === undefined && !inFlight && (lastIssue === null || NOT_ABOUT_IT.has(lastIssue.code))
}
