import type { ConnectionId, OutboxId } from '#core/shared/ids.ts'
import type { IssueCode } from '#core/shared/issue.ts'
import { isClosedBy, isSendable, sortForSending } from '#core/sync/choose-sends.ts'
import { UNDO_GRACE_MS } from '#core/sync/outbox-machine.ts'
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

export interface BatchesChosen {
  batches: Batch[]
  /** Due, and wait for a later batch: others still rest with which they are worth one, or another one is being made. */
  gathering: OutboxId[]
}

interface Waiting {
  due: OutboxId[]
  resting: OutboxId[]
  /** When the first of them came due; Infinity when none is. */
  since: number
}

/** For so long at most changes wait for others that a person makes one after the other. */
const GATHER_MS = 30_000

/**
 * The batches that may be made now, one at a time for each connection: of the market for which most prices wait, oldest first. Prices only: a
 * text is judged by a person, and pieces sold while a batch waits at the remote would be written over.
 */
export function chooseBatches(rows: readonly OutboxRow[], now: number, choice: BatchChoice): BatchesChosen {
  const { limitsOf, skip } = choice
  const closed = new Set(skip)
  const making = new Set<ConnectionId>()
  for (const row of rows) {
    if (isClosedBy(row, now)) closed.add(row.connectionId)
    if (row.state === 'leased' && row.batch === 'making') making.add(row.connectionId)
  }
  const chosen: BatchesChosen = { batches: [], gathering: [] }
  for (const [connectionId, markets] of waitingPrices(rows, now, choice)) {
    const limits = limitsOf(connectionId)
    if (limits === null || closed.has(connectionId)) continue
    for (const [market, waiting] of [...markets].sort(([, a], [, b]) => countOf(b) - countOf(a))) {
      if (countOf(waiting) < limits.least) continue
      const ids = waiting.due.slice(0, limits.most)
      if (making.has(connectionId) || !isReady(waiting, limits, now)) chosen.gathering.push(...waiting.due)
      else {
        making.add(connectionId)
        chosen.batches.push({ connectionId, market: market === '' ? undefined : market, ids })
        chosen.gathering.push(...waiting.due.slice(limits.most))
      }
    }
  }
  return chosen
}

/** Enough of them are due, and nobody is about to add to them. */
function isReady({ due, resting, since }: Waiting, { least, most }: BatchLimits, now: number): boolean {
  const isWhole = resting.length === 0 || due.length >= most
  return due.length >= least && (isWhole || since <= now - GATHER_MS)
}

function countOf({ due, resting }: Waiting): number {
  return due.length + resting.length
}

/** By connection and market; a change that stands behind another of its price is not among them. */
function waitingPrices(
  rows: readonly OutboxRow[],
  now: number,
  { limitsOf, busy }: BatchChoice,
): Map<ConnectionId, Map<string, Waiting>> {
  const heads = new Set<string>()
  const waiting = new Map<ConnectionId, Map<string, Waiting>>()
  for (const row of sortForSending(rows)) {
    if (limitsOf(row.connectionId) === null) continue
    const lane = laneOf(row)
    const isHead = !heads.has(lane)
    heads.add(lane)
    if (!isHead || row.kind !== 'push-price' || !isSendable(row) || !mayJoin(row) || busy(row.id)) continue
    const isResting = row.nextAttemptAt > now
    if (isResting && (row.attempts > 0 || row.nextAttemptAt > now + UNDO_GRACE_MS)) continue
    const markets = waiting.get(row.connectionId) ?? new Map<string, Waiting>()
    waiting.set(row.connectionId, markets)
    const { market = '' } = row.payload
    const there = markets.get(market) ?? { due: [], resting: [], since: Infinity }
    markets.set(market, there)
    there[isResting ? 'resting' : 'due'].push(row.id)
    if (!isResting) there.since = Math.min(there.since, row.nextAttemptAt)
  }
  return waiting
}

const NOT_ABOUT_IT: ReadonlySet<IssueCode> = new Set(['remote-down', 'rate-limited', 'auth', 'cancelled'])

/** Nothing is known of it at the remote, neither that it may have arrived nor that it was refused. */
export function mayJoin({ batch, inFlight, lastIssue }: OutboxRow): boolean {
  return batch === undefined && !inFlight && (lastIssue === null || NOT_ABOUT_IT.has(lastIssue.code))
}
