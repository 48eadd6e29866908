import type { Transaction } from 'dexie'
import { makeId } from '#core/shared/ids.ts'
import { chainEntries, EMPTY_JOURNAL, type JournalFacts } from '#core/sync/journal.ts'
import { inBatches } from '#renderer/data/schema/in-batches.ts'

/** An entry as v1 and v2 stored it. */
type EntryV2 = Pick<JournalFacts, 'id' | 'entityKey' | 'at' | 'what' | 'values' | 'by'>
type OrderV2 = { id: string; number?: string; connectionId?: string }

/**
 * v2 → v3: chains the timelines there are, in the order of their ids, and names this desk. What they did not record (the
 * machine, whether it was offline, what fields held) stays unknown.
 */
export async function chainStored(tx: Transaction): Promise<void> {
  const settings = tx.table<{ key: string; value: Record<string, unknown> }, string>('settings')
  const desk = await settings.get('desk')
  if (desk !== undefined)
    await settings.put({ ...desk, value: { ...desk.value, deskId: makeId(Date.now(), Math.random) } })
  let head = EMPTY_JOURNAL
  await inBatches(tx.table<EntryV2, string>('activity'), async (batch) => {
    const orders = await ordersOf(tx, batch)
    const chained = chainEntries(
      head,
      batch.map((entry) => withFacts(entry, orders.get(entry.entityKey))),
    )
    head = chained.head
    await tx.table('activity').bulkPut(chained.entries)
  })
  await tx.table('settings').put({ key: 'journal', value: head })
}

async function ordersOf(tx: Transaction, batch: readonly EntryV2[]): Promise<Map<string, OrderV2>> {
  const ids = [...new Set(batch.map(({ entityKey }) => entityKey.replace(/^order:/, '')))]
  const found = await tx.table<OrderV2, string>('orders').bulkGet(ids)
  return new Map(found.flatMap((order) => (order === undefined ? [] : [[`order:${order.id}`, order]])))
}

function withFacts(
  { id, entityKey, at, what, values, by }: EntryV2,
  order: OrderV2 | undefined,
): JournalFacts {
  return {
    ...{ id, entityKey, at, what, values, by },
    ...{ connectionId: order?.connectionId ?? '', label: order?.number ?? '' },
    ...{ deskId: '', deskName: '', offline: null, salt: '', changes: [] },
  }
}
