import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import type { OrderRow } from '#core/order/order-row.ts'
import { searchOrders } from '#renderer/data/queries/search-orders.ts'
import { freshDatabase } from '#tests/support/test-desk.ts'

/** More rows than are read at once, several times over; every third is Marie's. */
const ROWS = 1_003

const idOf = (n: number) => String(n).padStart(6, '0') as OrderRow['id']
const row = (n: number) =>
  ({ id: idOf(n), searchText: n % 3 === 0 ? `a-${n} marie` : `a-${n} zoe` }) as OrderRow
const marie = Array.from({ length: ROWS }, (_, n) => n)
  .filter((n) => n % 3 === 0)
  .reverse()
  .map(idOf)

const searched = async (count: number, text: string, limit: number) => {
  const db = await freshDatabase()
  await db.orderRows.bulkPut(Array.from({ length: count }, (_, n) => row(n)))
  const found = await searchOrders(db, text, limit)
  db.close()
  return found.map(({ id }) => id)
}

it('finds all of many rows, the newest first', async () => {
  expect(await searched(ROWS, 'marie', 5_000)).toEqual(marie)
})

it('finds the oldest and the newest row, and none twice', async () => {
  expect(await searched(ROWS, 'a-0', 5_000)).toEqual([idOf(0)])
  expect(await searched(ROWS, 'a-1002', 5_000)).toEqual([idOf(1_002)])
  expect(await searched(500, 'a', 5_000)).toHaveLength(500)
})

it('stops when there are enough', async () => {
  expect(await searched(ROWS, 'marie', 7)).toEqual(marie.slice(0, 7))
  expect(await searched(0, 'marie', 7)).toEqual([])
})
