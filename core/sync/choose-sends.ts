import type { ConnectionId, OutboxId } from '#core/shared/ids.ts'
import { laneOf, type OutboxRow, type OutboxState } from '#core/sync/outbox.ts'

export interface SendLimits {
  /** How many rows of one connection may be on their way at once. */
  perConnection: number
  /** Connections that may have one row on its way at most: a probe after a pause. */
  single?: ReadonlySet<ConnectionId> | undefined
  /** Connections that must not be used now: switched off, or asking for sign-in. */
  skip?: ReadonlySet<ConnectionId> | undefined
  /** Rows that leave together with others (choose-batches.ts). */
  batched?: ReadonlySet<OutboxId> | undefined
}

/**
 * The rows that may be leased now, oldest first. Only the oldest row of a lane may go, so a row that waits, is held
 * or is blocked keeps back the rows behind it and nothing else. A connection is left alone as a whole while it asks for
 * sign-in or has told us to slow down.
 */
export function chooseSends(rows: readonly OutboxRow[], now: number, limits: SendLimits): OutboxRow[] {
  const free = freePlaces(rows, now, limits)
  const lanesSeen = new Set<string>()
  const chosen: OutboxRow[] = []
  for (const row of sortForSending(rows)) {
    // Nothing further back can go: with thousands of rows this is nearly always soon.
    if (free.size === 0) break
    const lane = laneOf(row)
    if (lanesSeen.has(lane)) continue
    lanesSeen.add(lane)
    const places = free.get(row.connectionId) ?? 0
    if (places === 0 || limits.batched?.has(row.id) === true || !isDue(row, now)) continue
    if (places === 1) free.delete(row.connectionId)
    else free.set(row.connectionId, places - 1)
    chosen.push(row)
  }
  return chosen
}

/** When the next row comes due by itself; null when none will. */
export function nextSendAt(rows: readonly OutboxRow[]): number | null {
  let next: number | null = null
  for (const row of rows) {
    const at = row.state === 'leased' ? row.leaseUntil : isSendable(row) ? row.nextAttemptAt : null
    if (at !== null && (next === null || at < next)) next = at
  }
  return next
}

/** Sending order: by the time a change was made, then by its time-ordered id. Rows that are in it come back as they are. */
export function sortForSending(rows: readonly OutboxRow[]): OutboxRow[] {
  const inOrder = rows.every((row, i) => i === 0 || compareRows(rows[i - 1] ?? row, row) <= 0)
  return inOrder ? (rows as OutboxRow[]) : [...rows].sort(compareRows)
}

function compareRows(a: OutboxRow, b: OutboxRow): number {
  return a.createdAt - b.createdAt || (a.id === b.id ? 0 : a.id < b.id ? -1 : 1)
}

const SENDABLE: ReadonlySet<OutboxState> = new Set(['queued', 'waiting'])

/** Whether it goes by itself once it is due. */
export function isSendable(row: Pick<OutboxRow, 'held' | 'state'>): boolean {
  return !row.held && SENDABLE.has(row.state)
}

/** The connection is left alone as a whole: it asks for sign-in, or has told us to slow down. */
export function isClosedBy({ state, lastIssue, nextAttemptAt }: OutboxRow, now: number): boolean {
  return (
    state === 'blocked-auth' ||
    (state === 'waiting' && lastIssue?.code === 'rate-limited' && nextAttemptAt > now)
  )
}

function isDue(row: OutboxRow, now: number): boolean {
  return isSendable(row) && row.nextAttemptAt <= now
}

/** How many more rows each connection takes now; those that take none are left out. */
function freePlaces(
  rows: readonly OutboxRow[],
  now: number,
  { perConnection, single, skip }: SendLimits,
): Map<ConnectionId, number> {
  const closed = new Set<ConnectionId>(skip)
  const used = new Map<ConnectionId, number>()
  for (const row of rows) {
    const { connectionId, state, batch } = row
    if (isClosedBy(row, now)) closed.add(connectionId)
    // A batch is one piece of work, whose calls take turns with all others in main.
    const isOwnCall = state === 'leased' && batch !== 'making'
    used.set(connectionId, (used.get(connectionId) ?? 0) + (isOwnCall ? 1 : 0))
  }
  const places = (id: ConnectionId, busy: number): number =>
    (single?.has(id) === true ? 1 : perConnection) - busy
  return new Map(
    [...used].flatMap(([id, busy]) => {
      const left = closed.has(id) ? 0 : places(id, busy)
      return left > 0 ? [[id, left]] : []
    }),
  )
}
