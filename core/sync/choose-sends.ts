import type { ConnectionId } from '#core/shared/ids.ts'
import { laneOf, type OutboxRow, type OutboxState } from '#core/sync/outbox.ts'

export interface SendLimits {
  /** How many rows of one connection may be on their way at once. */
  perConnection: number
  /** Connections that may have one row on its way at most: a probe after a pause. */
  single?: ReadonlySet<ConnectionId> | undefined
  /** Connections that must not be used now: switched off, or asking for sign-in. */
  skip?: ReadonlySet<ConnectionId> | undefined
}

/**
 * The rows that may be leased now, oldest first. Only the oldest row of a lane may go, so a row that waits, is held
 * or is blocked keeps back the rows behind it and nothing else. A connection is left alone as a whole while it asks for
 * sign-in or has told us to slow down.
 */
export function chooseSends(rows: readonly OutboxRow[], now: number, limits: SendLimits): OutboxRow[] {
  const ordered = sortForSending(rows)
  const closed = closedConnections(rows, now, limits.skip)
  const used = countLeased(rows)
  const lanesSeen = new Set<string>()
  const chosen: OutboxRow[] = []
  for (const row of ordered) {
    const lane = laneOf(row)
    if (lanesSeen.has(lane)) continue
    lanesSeen.add(lane)
    if (closed.has(row.connectionId) || !isDue(row, now)) continue
    const busy = used.get(row.connectionId) ?? 0
    if (busy >= (limits.single?.has(row.connectionId) === true ? 1 : limits.perConnection)) continue
    used.set(row.connectionId, busy + 1)
    chosen.push(row)
  }
  return chosen
}

/** When the next row comes due by itself; null when none will. */
export function nextSendAt(rows: readonly OutboxRow[]): number | null {
  const times = rows.filter((row) => SENDABLE.has(row.state) && !row.held).map((row) => row.nextAttemptAt)
  const leases = rows.filter((row) => row.state === 'leased').map((row) => row.leaseUntil)
  const all = [...times, ...leases]
  return all.length === 0 ? null : Math.min(...all)
}

/** Sending order: by the time a change was made, then by its time-ordered id. */
export function sortForSending(rows: readonly OutboxRow[]): OutboxRow[] {
  return [...rows].sort((a, b) => a.createdAt - b.createdAt || (a.id === b.id ? 0 : a.id < b.id ? -1 : 1))
}

const SENDABLE: ReadonlySet<OutboxState> = new Set(['queued', 'waiting'])

function isDue(row: OutboxRow, now: number): boolean {
  return !row.held && SENDABLE.has(row.state) && row.nextAttemptAt <= now
}

function closedConnections(
  rows: readonly OutboxRow[],
  now: number,
  skip: ReadonlySet<ConnectionId> | undefined,
): Set<ConnectionId> {
  const closed = new Set<ConnectionId>(skip)
  for (const row of rows) {
    const limited =
      row.state === 'waiting' && row.lastIssue?.code === 'rate-limited' && row.nextAttemptAt > now
    if (row.state === 'blocked-auth' || limited) closed.add(row.connectionId)
  }
  return closed
}

function countLeased(rows: readonly OutboxRow[]): Map<ConnectionId, number> {
  const used = new Map<ConnectionId, number>()
  for (const row of rows) {
    if (row.state === 'leased') used.set(row.connectionId, (used.get(row.connectionId) ?? 0) + 1)
  }
  return used
}
