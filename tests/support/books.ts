import type { Page } from '@playwright/test'
import type { ListingRow } from '#core/listing/listing-row.ts'
import { queueOf, type OrderRow } from '#core/order/order-row.ts'
import type { Order } from '#core/order/order.ts'
import type { NumberPool } from '#core/shipping/number-pool.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import { checkEntry, EMPTY_JOURNAL, type JournalEntry, type JournalHead } from '#core/sync/journal.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { readStores } from '#tests/support/stored.ts'

/** What a desk has written down, read past the app's own code. */
export interface Books {
  orders: Order[]
  rows: OrderRow[]
  listings: ListingRow[]
  shipments: Shipment[]
  pools: NumberPool[]
  outbox: OutboxRow[]
  documents: { id: string }[]
  counters: { key: string; count: number }[]
  quarantine: unknown[]
  journal: JournalEntry[]
  head: JournalHead
}

const STORES = [
  ...(['orders', 'orderRows', 'listingRows', 'shipments', 'pools', 'outbox', 'documents'] as const),
  ...(['counters', 'quarantine', 'activity', 'settings'] as const),
] as const

/** All at one moment: the app goes on writing meanwhile. */
export async function readBooks(page: Page, database: string): Promise<Books> {
  const read = await readStores(page, database, STORES)
  const { orderRows: rows, listingRows: listings, activity, settings: all, ...stores } = read
  const settings = all as { key: string; value: JournalHead }[]
  return {
    ...(stores as unknown as Pick<
      Books,
      Exclude<(typeof STORES)[number], 'orderRows' | 'listingRows' | 'activity' | 'settings'>
    >),
    rows: rows as OrderRow[],
    listings: listings as ListingRow[],
    journal: (activity as JournalEntry[]).sort((a, b) => a.seq - b.seq),
    head: settings.find(({ key }) => key === 'journal')?.value ?? EMPTY_JOURNAL,
  }
}

/** Everything that must hold between the stores after any cut, as a list of what does not. */
export function findImbalance(books: Books): string[] {
  return [...checkNumbers(books), ...checkOrders(books), ...checkCounters(books), ...checkChain(books)]
}

function checkNumbers({ shipments, pools }: Books): string[] {
  const wrong: string[] = []
  const numbers = shipments.map((one) => one.trackingNumber)
  if (new Set(numbers).size !== numbers.length) wrong.push('a number is used twice')
  for (const pool of pools) {
    const taken = shipments.filter((one) => one.poolId === pool.id).length
    if (taken !== pool.next - pool.from)
      wrong.push(`${pool.service}: ${pool.next - pool.from} given out, ${taken} taken`)
  }
  const holders = shipments.filter((one) => one.state !== 'voided').flatMap((one) => one.orderIds)
  if (new Set(holders).size !== holders.length) wrong.push('an order has two shipments')
  return wrong
}

function checkOrders({ orders, rows, shipments, documents }: Books): string[] {
  const wrong = orders.length === rows.length ? [] : [`${orders.length} orders, ${rows.length} rows`]
  const queues = new Map(rows.map((row) => [row.id, row.queue]))
  const stored = new Set(documents.map(({ id }) => id))
  for (const order of orders) {
    if (queues.get(order.id) !== queueOf(order)) wrong.push(`${order.number} is listed in another queue`)
    if (order.stage !== 'label_ready' && order.stage !== 'handed_over') continue
    const shipment = shipments.find((one) => one.state !== 'voided' && one.orderIds.includes(order.id))
    if (order.trackingNumber !== shipment?.trackingNumber)
      wrong.push(`${order.number} has a number of its own`)
    if (!stored.has(shipment?.documentId ?? '')) wrong.push(`${order.number} has no stored label`)
  }
  return wrong
}

function checkCounters({ rows, listings, counters }: Books): string[] {
  const real = new Map([...countQueues(rows), ...countListings(listings)])
  const kept = new Map(counters.map(({ key, count }) => [key, count]))
  // Counts notes of changes, not rows.
  kept.delete('order-changes')
  return [...new Set([...real.keys(), ...kept.keys()])]
    .filter((key) => (real.get(key) ?? 0) !== (kept.get(key) ?? 0))
    .map((key) => `${key} counts ${kept.get(key) ?? 0}, there are ${real.get(key) ?? 0}`)
}

/** How many rows are in each queue and blocked for each reason, of all shops and of each. */
export function countQueues(rows: readonly OrderRow[]): Map<string, number> {
  const real = new Map<string, number>()
  for (const { queue, blocked, connectionId } of rows) {
    const lists = ['all', queue, ...(queue === 'blocked' ? [`blocked.${blocked}`] : [])]
    for (const key of [...lists, ...lists.map((list) => `${connectionId}:${list}`)])
      real.set(key, (real.get(key) ?? 0) + 1)
  }
  return real
}

/** How many rows of listings are in each list, of all shops and of each. */
function countListings(rows: readonly ListingRow[]): Map<string, number> {
  const real = new Map<string, number>()
  for (const { list, connectionId } of rows)
    for (const key of ['listings.all', `listings.${list}`])
      for (const of of [key, `${connectionId}:${key}`]) real.set(of, (real.get(of) ?? 0) + 1)
  return real
}

function checkChain({ journal, head }: Books): string[] {
  let before = EMPTY_JOURNAL
  for (const entry of journal) {
    const flaw = checkEntry(before, entry)
    if (flaw !== null) return [`the journal is ${flaw} at ${entry.seq}`]
    before = { seq: entry.seq, hash: entry.hash }
  }
  return before.seq === head.seq && before.hash === head.hash ? [] : ['the journal ends before its head']
}
