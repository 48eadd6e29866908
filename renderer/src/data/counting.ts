import type { OrderRow } from '#core/order/order-row.ts'

/** Changes of counts, by counter key. */
export type CountChanges = Map<string, number>

/** The counters that one slim row counts in. */
export function counterKeys({
  queue,
  blocked,
  connectionId,
}: Pick<OrderRow, 'queue' | 'blocked' | 'connectionId'>): string[] {
  const lists = ['all', queue, ...(queue === 'blocked' && blocked !== null ? [`blocked.${blocked}`] : [])]
  return [...lists, ...lists.map((list) => `${connectionId}:${list}`)]
}

/** What replacing `before` by `after` does to the counts; undefined stands for no row. */
export function noteChange(
  changes: CountChanges,
  before: OrderRow | undefined,
  after: OrderRow | undefined,
): void {
  for (const key of before === undefined ? [] : counterKeys(before))
    changes.set(key, (changes.get(key) ?? 0) - 1)
  for (const key of after === undefined ? [] : counterKeys(after))
    changes.set(key, (changes.get(key) ?? 0) + 1)
}
