import type { ChannelInput } from '#core/contracts/ipc.ts'
import type { OrderId, ShipmentId } from '#core/shared/ids.ts'
import { issue, type Issue, type IssueCode } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import type { Priority } from '#core/sync/priority.ts'
import { isEqual } from '#core/sync/merge3.ts'
import { attemptsOf, LEASE_MS, withAttempt } from '#core/sync/outbox-machine.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import { fitForCarrier } from '#renderer/data/repos/carriers.repo.ts'
import { loadOrder } from '#renderer/data/repos/orders.repo.ts'
import { loadOutboxRow } from '#renderer/data/repos/outbox.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { ownRefusalAsCancelled } from '#renderer/sync/local-issue.ts'
import type { RowAnswer } from '#renderer/sync/row-answer.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'

/** A purchase on its way, and its answers (docs/adr/0014): bought, rejected, unknown. */

type BuyRow = OutboxRow<'buy-label'>
type BuyAnswer = Extract<RowAnswer, { row: { kind: 'buy-label' } }>
type BuyInput = ChannelInput<'connector.buy-label'>

/** Issues of a purchase that say nothing was sold. */
const NOTHING_SOLD: ReadonlySet<IssueCode> = new Set([
  ...(['auth', 'rate-limited', 'remote-down', 'cancelled'] as const),
  ...(['invalid-input', 'unsupported', 'not-found'] as const),
])

/** Failures of a search that say why it is tried again; of all others only that it is. */
const NOT_ASKED: ReadonlySet<IssueCode> = new Set(['auth', 'rate-limited', 'remote-down', 'cancelled'])

export function withDoubt(row: BuyRow, mayHaveArrived: boolean): BuyRow {
  return { ...row, payload: { ...row.payload, mayHaveArrived } }
}

/**
 * One attempt at a purchase. What may have been bought is looked for, and bought again (under the same intent) only when the carrier
 * proves that nothing exists. Null when the row is no longer this attempt's: nothing was bought by it then.
 */
export async function sendPurchase(
  deps: SyncDeps,
  row: BuyRow,
  priority: Priority,
): Promise<Result<BuyAnswer> | null> {
  if (row.payload.mayHaveArrived) {
    const found = await resolve(deps, row, priority)
    if (!found.ok) return found
    if (found.value.outcome === 'bought') return ok({ row, value: found.value })
  }
  const opened = await openPurchase(deps, row)
  if (opened === null || !opened.ok) return opened
  const bought = await buy(deps, { ...opened.value, priority })
  return bought.ok ? ok({ row, value: bought.value }) : bought
}

async function resolve({ host, now }: SyncDeps, row: BuyRow, priority: Priority) {
  const input = {
    ...{ connectionId: row.connectionId, priority, intentId: row.id, reference: row.payload.shipmentId },
    attempted: attemptsOf(row, now()),
  }
  const found = await whatever(host['connector.resolve-purchase'](input))
  return found.ok || NOT_ASKED.has(found.error.code)
    ? found
    : err(asUnknown('purchase-unresolved', found.error))
}

async function buy({ host }: SyncDeps, input: BuyInput) {
  const bought = await whatever(host['connector.buy-label'](input))
  return bought.ok || NOTHING_SOLD.has(bought.error.code)
    ? bought
    : err(asUnknown('purchase-unclear', bought.error))
}

/** An answer that cannot be had is an open question, not an error. */
export async function whatever<T>(call: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return ownRefusalAsCancelled(await call)
  } catch {
    return err(issue('outcome-unknown', { reason: 'call-broken-off' }))
  }
}

/** A carrier that says there is one already has sold something, and an answer that cannot be read may say so. */
function asUnknown(reason: string, from: Issue): Issue {
  const { code, retryAfterMs, remoteCode = code, remoteMessage } = from
  if (code === 'outcome-unknown') return from
  return issue('outcome-unknown', { reason, retryAfterMs, remoteCode, remoteMessage })
}

/**
 * The last look before money is spent, and the note on disk that it is about to be, and when: no question is open any more, the lease begins
 * anew (a search may have taken long, or the machine slept), and the order still wants this very label.
 */
function openPurchase({ db, now }: SyncDeps, row: BuyRow): Promise<Result<BuyInput> | null> {
  const stores = ['outbox', 'shipments', 'orders', 'settings', 'connections'] as const
  return inUnit(db, { stores, durability: 'strict' }, async () => {
    const current = await loadOutboxRow(db, row.id)
    const ours = current?.state === 'leased' && current.attempts === row.attempts
    if (!ours || current.kind !== 'buy-label' || current.leaseUntil <= now()) return null
    const leaving = withDoubt(withAttempt(current, now()), false)
    await db.outbox.put({ ...leaving, lastIssue: null, leaseUntil: now() + LEASE_MS })
    const shipment = await db.shipments.get(row.payload.shipmentId)
    const asked = shipment?.purchase?.asked ?? null
    if (shipment === undefined || asked === null || shipment.state !== 'draft')
      return err(issue('not-found', { reason: 'purchase-vanished' }))
    const order = await loadOrder(db, row.entityKey.replace(/^order:/, '') as OrderId)
    const wanted =
      order.ok &&
      order.value.stage === 'to_ship' &&
      order.value.blocked === null &&
      isEqual(order.value.shipTo, asked.to)
    if (!wanted) return err(issue('invalid-input', { reason: 'purchase-outdated' }))
    // What was asked for stays as the order has it; only what leaves is in the carrier's lines.
    const to = await fitForCarrier(db, row.connectionId, asked.to)
    if (!to.ok) return err(to.error[0] ?? issue('invalid-input', { field: 'shipTo' }))
    return ok(inputOf(row, shipment, { from: asked.from, to: to.value }))
  })
}

function inputOf(
  { connectionId, id, payload }: BuyRow,
  { grossGrams, sizeMm, declaration }: Shipment,
  { from, to }: Pick<BuyInput, 'from' | 'to'>,
): BuyInput {
  const reference: ShipmentId = payload.shipmentId
  return {
    ...{ connectionId, intentId: id, reference, service: payload.service, from, to },
    ...{ parcel: { grossGrams, sizeMm }, declaration },
  }
}
