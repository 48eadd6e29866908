import type { IdSource } from '#core/shared/ports.ts'
import type { ConnectionId, OrderId } from '#core/shared/ids.ts'
import type { FieldChange } from '#core/shared/field-change.ts'
import type { Order } from '#core/order/order.ts'
import { chainEntries, EMPTY_JOURNAL, type JournalFacts, type JournalHead } from '#core/sync/journal.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { Activity, Connection } from '#renderer/data/records.ts'
import type { SettingRow } from '#renderer/data/setting-records.ts'

export type NewActivity = Pick<JournalFacts, 'entityKey' | 'at' | 'what' | 'values' | 'by'> & {
  /** '' when it concerns no shop. */
  connectionId: ConnectionId | ''
  /** What people call the entity. */
  label: string
  /** What fields held and hold. */
  changes?: readonly FieldChange[]
}

/** The key under which an order's timeline, shadow and outbox rows are filed. */
export function orderKey(id: OrderId): string {
  return `order:${id}`
}

/** Whose entry it is: an order's. */
export function ofOrder(order: Pick<Order, 'id' | 'connectionId' | 'number'>) {
  return { entityKey: orderKey(order.id), connectionId: order.connectionId, label: order.number }
}

/** Whose entry it is: a shop's. */
export function ofConnection({ id, name }: Pick<Connection, 'id' | 'name'>) {
  return { entityKey: `connection:${id}`, connectionId: id, label: name }
}

/** Most that is kept of one entry's changes; an order of many lines may change in hundreds. */
const MOST_CHANGES = 60

/**
 * Adds to the journal; to be called in the unit of what happened (`inUnit` adds the store that its chain needs). Hashes are
 * computed without waiting for anything but storage.
 */
export async function addActivity(
  db: CaravelDatabase,
  newId: IdSource,
  entries: readonly NewActivity[],
): Promise<void> {
  if (entries.length === 0) return
  const journal = await openJournal(db, newId)
  await Promise.all([journal.add(entries), journal.close()])
}

/** The journal, to be added to in parts that the store works on while the next are made. */
export interface OpenJournal {
  add(entries: readonly NewActivity[]): Promise<unknown>
  /** Notes where the journal ends now; to be called last. */
  close(): Promise<unknown>
}

/** Until it is closed, nothing else may add to the journal in this unit. */
export async function openJournal(db: CaravelDatabase, newId: IdSource): Promise<OpenJournal> {
  const { head: before, ...desk } = await deskNow(db)
  let head = before
  return {
    async add(entries) {
      if (entries.length === 0) return
      const facts = entries.map((entry) => toFacts(entry, newId, desk))
      const chained = chainEntries(head, facts)
      head = chained.head
      await db.activity.bulkAdd(chained.entries as Activity[])
    },
    async close() {
      if (head !== before) await db.settings.put({ key: 'journal', value: head })
    },
  }
}

type DeskNow = Pick<JournalFacts, 'deskId' | 'deskName' | 'offline'>

function toFacts({ changes = [], ...entry }: NewActivity, newId: IdSource, desk: DeskNow): JournalFacts {
  const id = newId<'activity'>()
  const kept = changes.slice(0, MOST_CHANGES)
  return { ...entry, ...desk, id, changes: kept, salt: kept.length === 0 ? '' : newId<'salt'>() }
}

/** One read: the journal's head, this desk, and whether it counts as offline. */
async function deskNow(db: CaravelDatabase): Promise<DeskNow & { head: JournalHead }> {
  const rows = await db.settings.bulkGet(['desk', 'connectivity', 'journal'])
  const known: { [K in SettingRow['key']]?: Extract<SettingRow, { key: K }>['value'] } = Object.fromEntries(
    rows.flatMap((row) => (row === undefined ? [] : [[row.key, row.value]])),
  )
  return {
    deskId: known.desk?.deskId ?? '',
    deskName: known.desk?.deskName ?? '',
    offline: known.connectivity?.state === 'offline',
    head: known.journal ?? EMPTY_JOURNAL,
  }
}

/** The same when only its id is at hand; needs `orders`. */
export async function ofOrderId(db: CaravelDatabase, id: OrderId) {
  const order = await db.orders.get(id)
  return order === undefined
    ? { entityKey: orderKey(id), connectionId: '' as const, label: '' }
    : ofOrder(order)
}
