import type { ListingRow } from '#core/listing/listing-row.ts'
import type { OrderRow } from '#core/order/order-row.ts'

/** Changes of counts, by counter key. */
export type CountChanges = Map<string, number>

export type CountedOrder = Pick<OrderRow, 'queue' | 'blocked' | 'connectionId'>
type CountedListing = Pick<ListingRow, 'list' | 'connectionId'>

/** The counters that an order's slim row counts in. */
export function counterKeys({ queue, blocked, connectionId }: CountedOrder): string[] {
  const lists = ['all', queue, ...(queue === 'blocked' && blocked !== null ? [`blocked.${blocked}`] : [])]
  return [...lists, ...lists.map((list) => `${connectionId}:${list}`)]
}

/** The counters that a listing's slim row counts in. */
export function listingCounterKeys({ list, connectionId }: CountedListing): string[] {
  const lists = ['listings.all', `listings.${list}`]
  return [...lists, ...lists.map((one) => `${connectionId}:${one}`)]
}

export function isListingCounter(key: string): boolean {
  return /(^|:)listings\./.test(key)
}

/** What replacing `before` by `after` does to the counts; undefined stands for no row. */
export function noteChange(
  changes: CountChanges,
  before: CountedOrder | undefined,
  after: CountedOrder | undefined,
): void {
  addTo(changes, before === undefined ? [] : counterKeys(before), -1)
  addTo(changes, after === undefined ? [] : counterKeys(after), 1)
}

/** The same for a listing. */
export function noteListingChange(
  changes: CountChanges,
  before: CountedListing | undefined,
  after: CountedListing | undefined,
): void {
  addTo(changes, before === undefined ? [] : listingCounterKeys(before), -1)
  addTo(changes, after === undefined ? [] : listingCounterKeys(after), 1)
}

function addTo(changes: CountChanges, keys: readonly string[], by: 1 | -1): void {
  for (const key of keys) changes.set(key, (changes.get(key) ?? 0) + by)
}
