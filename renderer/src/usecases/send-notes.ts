import { coalesce } from '#core/sync/coalesce.ts'
import { sortForSending } from '#core/sync/choose-sends.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { Order } from '#core/order/order.ts'
import { orderKey } from '#renderer/data/repos/activity.repo.ts'
import { freshRow, offers } from '#renderer/usecases/add-change.ts'
import type { LocalContext } from '#renderer/usecases/context.ts'

/** The stores of `sendNotes`. */
export const NOTE_STORES = ['connections', 'outbox'] as const

/**
 * Puts the notes of orders on their way to those shops that can keep them for their staff, joined with what waits of the same kind. To be
 * called in a unit over NOTE_STORES.
 */
export async function sendNotes(ctx: LocalContext, orders: readonly Order[]): Promise<void> {
  const { db } = ctx
  const shops = await noteShops(ctx, orders)
  const told = orders.filter(({ connectionId }) => shops.has(connectionId))
  if (told.length === 0) return
  const waiting = new Map<string, OutboxRow[]>()
  const keys = told.map(({ id }) => orderKey(id))
  for (const row of await db.outbox.where('entityKey').anyOf(keys).toArray())
    waiting.set(row.entityKey, [...(waiting.get(row.entityKey) ?? []), row])
  const joined = told.map((order) => join(ctx, order, waiting.get(orderKey(order.id)) ?? []))
  await db.outbox.bulkDelete(joined.flatMap(({ remove }) => remove))
  await db.outbox.bulkPut(joined.flatMap(({ put }) => put))
}

async function noteShops({ db }: LocalContext, orders: readonly Order[]): Promise<Set<ConnectionId>> {
  const shops = new Set<ConnectionId>()
  for (const id of new Set(orders.map(({ connectionId }) => connectionId)))
    if (await offers(db, id, 'note-order')) shops.add(id)
  return shops
}

function join(ctx: LocalContext, order: Order, rows: readonly OutboxRow[]): ReturnType<typeof coalesce> {
  const sorted = sortForSending([...rows])
  // The shop has by then what was said before this.
  const before = sorted.filter(isNote).at(-1)?.payload.note ?? order.sentNote ?? ''
  if (before === order.note) return { remove: [], put: [] }
  const fresh = freshRow(ctx, {
    ...{ connectionId: order.connectionId, entityKey: orderKey(order.id), entityLabel: order.number },
    ...{ kind: 'note-order', payload: { orderRemoteId: order.remoteId, before, note: order.note } },
  })
  return coalesce(sorted, fresh)
}

function isNote(row: OutboxRow): row is OutboxRow<'note-order'> {
  return row.kind === 'note-order'
}
