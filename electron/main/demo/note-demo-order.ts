import type { DemoHistoryEntry, DemoOrder } from '#main/demo/demo-orders.ts'
import type { DemoShopState, DemoShopWorld } from '#main/demo/demo-shop-state.ts'
import { notFound } from '#main/demo/refuse-demo-request.ts'

/** Notes of the shop's staff on an order: entries of its history. The order's `updatedAt` stays, as on the real server. */

export function addEntry(
  state: DemoShopState,
  order: DemoOrder,
  type: DemoHistoryEntry['type'],
  at: number,
  data: Record<string, unknown>,
  isPublic = true,
): void {
  state.lastEntryId += 1
  const entry = { id: String(state.lastEntryId), type, isPublic, createdAt: at, updatedAt: at, data }
  order.history = [...(order.history ?? []), entry]
}

export function addNote(
  { state, now, onChange }: DemoShopWorld,
  input: { id: string; note: string; isPublic: boolean },
): DemoOrder {
  const order = state.orders.find(({ id }) => id === input.id)
  if (order === undefined) throw notFound('Order', input.id)
  addEntry(state, order, 'ORDER_NOTE', now(), { note: input.note }, input.isPublic)
  onChange()
  return order
}

export function updateNote(
  { state, now, onChange }: DemoShopWorld,
  input: { noteId: string; note?: string | null; isPublic?: boolean | null },
): DemoHistoryEntry {
  const entry = findNote(state, input.noteId)?.entry
  if (entry === undefined) throw notFound('OrderHistoryEntry', input.noteId)
  if (typeof input.note === 'string') entry.data = { ...entry.data, note: input.note }
  entry.isPublic = input.isPublic ?? entry.isPublic
  entry.updatedAt = now()
  onChange()
  return entry
}

export function deleteNote({ state, onChange }: DemoShopWorld, id: string) {
  const found = findNote(state, id)
  if (found === null) return { result: 'NOT_DELETED', message: 'error.entity-with-id-not-found' }
  found.order.history = (found.order.history ?? []).filter((entry) => entry !== found.entry)
  onChange()
  return { result: 'DELETED', message: null }
}

/** Only notes: another entry of the history is "not found", as there. */
function findNote(state: DemoShopState, id: string): { order: DemoOrder; entry: DemoHistoryEntry } | null {
  for (const order of state.orders) {
    const entry = order.history?.find((one) => one.id === id && one.type === 'ORDER_NOTE')
    if (entry !== undefined) return { order, entry }
  }
  return null
}
