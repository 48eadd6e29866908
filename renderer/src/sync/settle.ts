import type { OrderId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import type { OperationOutput } from '#core/contracts/operations.ts'
import { LOCAL_MOVES, NOT_BLOCKED } from '#core/order/stages.ts'
import type { OutboxKind, OutboxRow } from '#core/sync/outbox.ts'
import { settleIssue } from '#core/sync/outbox-machine.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { addActivity, type NewActivity } from '#renderer/data/repos/activity.repo.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { loadOutboxRow } from '#renderer/data/repos/outbox.repo.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import type { RowAnswer } from '#renderer/sync/row-answer.ts'
import { settleMsOf } from '#renderer/sync/settle-ms.ts'
import { settleBought } from '#renderer/sync/settle-purchase.ts'
import { noteVoidRefused, settleVoided } from '#renderer/sync/settle-void.ts'
import { settlePushed } from '#renderer/sync/settle-listing.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'

/** Stores an answer, whatever it is about. */
export function settleAnswer(deps: SyncDeps, answer: RowAnswer): Promise<void> {
  if (isAnswerOf(answer, 'confirm-shipment')) return settleConfirmed(deps, answer.row, answer.value)
  if (isAnswerOf(answer, 'cancel-order')) return settleCancelled(deps, answer.row, answer.value)
  if (isAnswerOf(answer, 'note-order')) return settleNoted(deps, answer.row, answer.value)
  if (isAnswerOf(answer, 'buy-label')) return settleBought(deps, answer.row, answer.value)
  if (isAnswerOf(answer, 'void-label')) return settleVoided(deps, answer.row, answer.value)
  return settlePushed(deps, answer)
}

function isAnswerOf<K extends OutboxKind>(
  answer: RowAnswer,
  kind: K,
): answer is Extract<RowAnswer, { row: { kind: K } }> {
  return answer.row.kind === kind
}

/** The remote has cancelled the order: the row leaves, and the order is as the remote shows it. */
function settleCancelled(
  deps: SyncDeps,
  row: OutboxRow,
  { order, outcome }: OperationOutput<'cancel-order'>,
): Promise<void> {
  const { db, newId, now } = deps
  return inUnit(db, { stores: [...MERGE_STORES, 'outbox'], durability: 'strict' }, async () => {
    await db.outbox.delete(row.id)
    await mergeRemoteOrders(deps, row.connectionId, [order])
    await addActivity(db, newId, [
      { ...ofRow(row), at: now(), what: 'cancellation-sent', values: { outcome }, by: 'remote' },
    ])
  })
}

/** The remote has the note: the row leaves; notes of the same order that wait stand on this one. */
function settleNoted(
  deps: SyncDeps,
  row: OutboxRow<'note-order'>,
  { outcome }: OperationOutput<'note-order'>,
): Promise<void> {
  const { db, newId, now } = deps
  return inUnit(db, { stores: [...ORDER_STORES, 'outbox'], durability: 'strict' }, async () => {
    await db.outbox.delete(row.id)
    const loaded = await loadOrder(db, orderIdOf(row))
    if (loaded.ok) await saveOrders(db, [{ ...loaded.value, sentNote: row.payload.note }])
    await addActivity(db, newId, [
      { ...ofRow(row), at: now(), what: 'note-sent', values: { outcome }, by: 'remote' },
    ])
  })
}

/**
 * The remote has the shipment: the row leaves, and with it in one transaction the order is as the remote shows it, shipped
 * (the remote may show its own write late), with shadow and timeline.
 */
function settleConfirmed(
  deps: SyncDeps,
  row: OutboxRow<'confirm-shipment'>,
  answer: OperationOutput<'confirm-shipment'>,
): Promise<void> {
  const { db, newId, now } = deps
  return inUnit(db, { stores: [...MERGE_STORES, 'outbox'], durability: 'strict' }, async () => {
    const open = (await db.outbox.get(row.id)) !== undefined
    await db.outbox.delete(row.id)
    if (answer.order.remoteId === row.payload.orderRemoteId)
      await mergeRemoteOrders(deps, row.connectionId, [answer.order])
    if (!open) return
    await markShipped(deps, row)
    const values = { tracking: row.payload.trackingNumber, outcome: answer.outcome }
    await addActivity(db, newId, [
      { ...ofRow(row), at: now(), what: 'shipment-confirmed', values, by: 'remote' },
    ])
  })
}

async function markShipped({ db, now }: SyncDeps, row: OutboxRow): Promise<void> {
  const loaded = await loadOrder(db, orderIdOf(row))
  if (!loaded.ok || !LOCAL_MOVES[loaded.value.stage].includes('shipped')) return
  await saveOrders(db, [{ ...loaded.value, ...NOT_BLOCKED, stage: 'shipped', updatedAt: now() }])
}

/**
 * The attempt failed: the row says where it stands, and a refused sign-in stops its shop until a person acts. Nothing
 * happens when a later attempt has taken the row over.
 */
export function settleRefused(deps: SyncDeps, row: OutboxRow, issue: Issue): Promise<void> {
  const { db, newId, now, rng } = deps
  const stores = ['outbox', 'connections', 'activity', 'shipments'] as const
  return inUnit(db, { stores, durability: 'strict' }, async () => {
    const current = await loadOutboxRow(db, row.id)
    if (current === undefined || current.state !== 'leased' || current.attempts !== row.attempts) return
    const { connectorId = '' } = (await db.connections.get(row.connectionId)) ?? {}
    const settled = settleIssue(current, issue, now(), rng, { settlingMs: settleMsOf(current, connectorId) })
    await db.outbox.put(settled)
    if (issue.code === 'auth')
      await db.connections.update(row.connectionId, { needsSignIn: true, lastIssue: issue })
    if (settled.state !== 'needs-attention' && settled.state !== 'blocked-conflict') return
    if (settled.kind === 'void-label') await noteVoidRefused(deps, settled, issue)
    await addActivity(db, newId, [refusalEntry(row, issue, now())])
  })
}

/** What the journal says of a change that the remote refused. */
export function refusalEntry(row: OutboxRow, issue: Issue, at: number): NewActivity {
  const values = { code: issue.code, reason: issue.reason ?? '', message: issue.remoteMessage ?? '' }
  return { ...ofRow(row), at, what: REFUSED[row.kind], values, by: 'remote' }
}

const REFUSED: Readonly<Record<OutboxKind, string>> = {
  'confirm-shipment': 'shipment-refused',
  'cancel-order': 'cancellation-refused',
  'note-order': 'note-refused',
  'push-listing': 'listing-refused',
  'push-price': 'price-refused',
  'push-stock': 'stock-refused',
  'buy-label': 'purchase-refused',
  'void-label': 'void-refused',
}

/** Whose entry it is: that of the entity the row is about. */
function ofRow({ entityKey, connectionId, entityLabel }: OutboxRow) {
  return { entityKey, connectionId, label: entityLabel }
}

function orderIdOf({ entityKey }: Pick<OutboxRow, 'entityKey'>): OrderId {
  return entityKey.replace(/^order:/, '') as OrderId
}
