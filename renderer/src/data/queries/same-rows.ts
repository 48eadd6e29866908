import type { OrderRow } from '#core/order/order-row.ts'

/**
 * A list with the objects of the list before where they hold the same, so that only what changed is drawn again: a read gives
 * a new object for every row.
 */
export function keepSame(before: readonly OrderRow[], after: readonly OrderRow[]): OrderRow[] {
  const known = new Map(before.map((row) => [row.id, row]))
  return after.map((row) => {
    const was = known.get(row.id)
    return was !== undefined && holdsSame(was, row) ? was : row
  })
}

export function holdsSame(a: OrderRow, b: OrderRow): boolean {
  const keys = Object.keys(b) as (keyof OrderRow)[]
  if (Object.keys(a).length !== keys.length) return false
  return keys.every((key) => Object.is(a[key], b[key]) || JSON.stringify(a[key]) === JSON.stringify(b[key]))
}
