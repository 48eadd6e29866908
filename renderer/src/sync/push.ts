import { without } from '#core/shared/without.ts'
import type { ConnectionId, OutboxId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import type { Result } from '#core/shared/result.ts'
import { err, ok } from '#core/shared/result.ts'
import type { ListingChange } from '#core/listing/unsent.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import type { Priority } from '#core/sync/priority.ts'
import { withoutStrayWait } from '#core/sync/clock-set-back.ts'
import { isSendable } from '#core/sync/choose-sends.ts'
import { expireLeases, isLeaseOver, lease, mayHaveArrived } from '#core/sync/outbox-machine.ts'
import { inUnit, LISTING_STORES } from '#renderer/data/unit-of-work.ts'
import { loadOutbox, loadOutboxRow, setAside } from '#renderer/data/repos/outbox.repo.ts'
import { ownRefusalAsCancelled } from '#renderer/sync/local-issue.ts'
import { aimStock } from '#renderer/sync/aim-stock.ts'
import { sendPurchase, withDoubt } from '#renderer/sync/purchase.ts'
import type { RowAnswer } from '#renderer/sync/row-answer.ts'
import { sendVoid } from '#renderer/sync/void-purchase.ts'
import { settleAnswer, settleRefused } from '#renderer/sync/settle.ts'
import type { ConnectorCalls } from '#renderer/platform/worker-port.ts'
import type { PullDeps, SyncDeps } from '#renderer/sync/sync-deps.ts'

/**
 * Reads the outbox for a round of sending: rows that do not parse are set aside, leases that ran out (a crash, a
 * closed lid) become open questions.
 */
export async function prepareRound({ db, now, aliveSince }: SyncDeps): Promise<OutboxRow[]> {
  const at = now()
  const { rows: stored, unreadable } = await loadOutbox(db)
  const rows = stored.map((row) => withoutStrayWait(row, at))
  const expired = rows.some((row) => isLeaseOver(row, at, aliveSince))
  if (unreadable.length === 0 && !expired) return rows
  return inUnit(db, { stores: ['outbox', 'quarantine'], durability: 'strict' }, async () => {
    const fresh = await loadOutbox(db)
    await setAside(db, fresh.unreadable, at)
    const after = expireLeases(fresh.rows, at, aliveSince)
    await db.outbox.bulkPut(after.filter((row, i) => row !== fresh.rows[i]))
    return after
  })
}

export interface SendOptions {
  priority?: Priority
  /** The call was made; its answer may take long. */
  onLeft?: () => void
}

/**
 * Sends one row: the lease is on disk before the request leaves, so that a crash in mid-call is known to be an
 * unknown outcome. Whatever comes back is settled in one transaction. Returns what stood in the way, or null.
 */
export async function pushRow(
  deps: PullDeps,
  id: OutboxId,
  { priority = 'sending', onLeft }: SendOptions = {},
): Promise<Issue | null> {
  const leased = await takeLease(deps, id)
  if (leased === null) return null
  const sent = begin(deps, leased, priority)
  onLeft?.()
  const answer = await sent
  if (answer === null) return null
  if (answer.ok) {
    deps.writes.note(leased.connectionId, subjectOf(leased))
    await settleAnswer(deps, answer.value)
  } else await settleRefused(deps, leased, answer.error)
  return answer.ok ? null : answer.error
}

function begin(deps: PullDeps, row: OutboxRow, priority: Priority): Promise<Result<RowAnswer> | null> {
  if (row.kind === 'buy-label') return sendPurchase(deps, row, priority)
  return row.kind === 'void-label' ? sendVoid(deps, row, priority) : send(deps, row, priority)
}

/** Null when a person held, dropped or sent it since it was chosen, closed its shop to changes, or when there is nothing that could be sent. */
function takeLease(deps: SyncDeps, id: OutboxId): Promise<OutboxRow | null> {
  const { db, now } = deps
  return inUnit(db, { stores: [...LISTING_STORES, 'connections'], durability: 'strict' }, async () => {
    const row = await loadOutboxRow(db, id)
    if (row === undefined || !isSendable(row)) return null
    if ((await db.connections.get(row.connectionId))?.readOnly === true) return null
    const leased = lease(row, now())
    // Whether an earlier attempt may have arrived is what the row said before this one.
    if (leased.kind === 'push-stock') return aimStock(deps, leased, row.inFlight)
    const marked = leased.kind === 'buy-label' ? withDoubt(leased, mayHaveArrived(row)) : leased
    await db.outbox.put(marked)
    return marked
  })
}

/** By which a read that began before is known to be doubtful. */
function subjectOf({ payload }: OutboxRow): string {
  if ('shipmentId' in payload) return `shipment:${payload.shipmentId}`
  return 'orderRemoteId' in payload ? payload.orderRemoteId : `listing:${payload.listingRemoteId}`
}

/** What is sent without a last look at this desk. */
type FreeChange = Exclude<OutboxRow, { kind: 'buy-label' | 'void-label' }>

async function send({ host }: SyncDeps, row: FreeChange, priority: Priority): Promise<Result<RowAnswer>> {
  try {
    return answerOf(row, await callFor(host, row, priority))
  } catch {
    return err(issue('outcome-unknown', { reason: 'call-broken-off' }))
  }
}

function callFor(host: ConnectorCalls, row: FreeChange, priority: Priority): Promise<Result<unknown>> {
  const call = { connectionId: row.connectionId, intentId: row.id, priority }
  switch (row.kind) {
    case 'confirm-shipment':
      return host['connector.confirm-shipment']({ ...call, ...row.payload })
    case 'cancel-order':
      return host['connector.cancel-order']({ ...call, ...row.payload })
    case 'note-order':
      return host['connector.note-order']({ ...call, ...row.payload })
    default:
      return callForListing(host, row, call)
  }
}

function callForListing(
  host: ConnectorCalls,
  row: ListingChange,
  sent: { connectionId: ConnectionId; intentId: OutboxId; priority: Priority },
): Promise<Result<unknown>> {
  // A first attempt cannot have arrived; later ones are asked to look.
  const call = { ...sent, mayHaveArrived: row.attempts > 1 }
  switch (row.kind) {
    case 'push-listing':
      return host['connector.push-listing']({ ...call, ...row.payload })
    case 'push-price': {
      return host['connector.push-price']({ ...call, ...without(row.payload, 'sku') })
    }
    case 'push-stock': {
      const { listingRemoteId, offerRemoteId, aim } = row.payload
      if (aim === null) throw new Error(`outbox row ${row.id} is sent without an aim`)
      return host['connector.push-stock']({ ...sent, listingRemoteId, offerRemoteId, ...aim })
    }
  }
}

function answerOf(row: FreeChange, reply: Result<unknown>): Result<RowAnswer> {
  const own = ownRefusalAsCancelled(reply)
  // Main has parsed the answer of each channel by its own contract.
  return own.ok ? ok({ row, value: own.value } as RowAnswer) : own
}
