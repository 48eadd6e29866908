import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import { plainQuery } from '#core/order/order-query.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import { OrderWindows, type WindowedList } from '#renderer/data/queries/order-windows.ts'
import { plainOrderIndex } from '#tests/support/plain-order-index.ts'
import { freshDatabase } from '#tests/support/test-desk.ts'

const ROWS = 1_000
const idOf = (n: number) => String(n).padStart(6, '0') as OrderRow['id']
const row = (n: number, more: Partial<OrderRow> = {}) =>
  ({
    ...{ id: idOf(n), queue: 'to_ship', sortKey: n, number: `A-${n}`, tags: [], flags: [] },
    country: n % 4 === 0 ? 'JP' : 'DE',
    ...more,
  }) as unknown as OrderRow

async function openWindows() {
  const db = await freshDatabase()
  await db.orderRows.bulkPut(Array.from({ length: ROWS }, (_, n) => row(n)))
  const index = plainOrderIndex(db)
  let shown: WindowedList | null = null
  const failures: unknown[] = []
  const windows = new OrderWindows(db, index.client, {
    list: (list) => (shown = list),
    failed: (error) => failures.push(error),
  })
  const list = (): WindowedList => {
    if (shown === null) throw new Error('nothing is shown')
    return shown
  }
  windows.show(plainQuery('all'))
  await vi.waitFor(() => expect(list().rowAt(0)?.id).toBe(idOf(0)))
  return { db, index, windows, list, failures }
}

it('holds what is on the screen, wherever that is, and reads what lies between only when it is wanted', async () => {
  const { db, index, windows, list } = await openWindows()
  expect(list().count).toBe(ROWS)
  expect(list().rowAt(950)).toBeUndefined()
  windows.want(960, 999)
  await vi.waitFor(() => expect(list().rowAt(999)?.id).toBe(idOf(999)))
  expect(list().rowAt(500)).toBeUndefined()
  expect(list().placeOf(idOf(970))).toBe(970)
  expect(await list().keysBetween(95, 205)).toEqual(Array.from({ length: 111 }, (_, i) => idOf(95 + i)))
  windows.end()
  expect(index.open()).toBe(0)
  db.close()
})

it('reads where a scroll bar that is dragged through everything stops', async () => {
  const { db, index, windows, list } = await openWindows()
  const before = index.windows()
  for (let from = 0; from < 900; from += 10) windows.want(from, from + 30)
  await vi.waitFor(() => expect(list().rowAt(900)?.id).toBe(idOf(900)))
  expect(index.windows() - before).toBeLessThanOrEqual(3)
  windows.end()
  db.close()
})

it('keeps the list before until the next one is there, and never mixes the two', async () => {
  const { db, windows, list } = await openWindows()
  windows.show({ ...plainQuery('all'), filters: { country: ['DE'] } })
  windows.show({ ...plainQuery('all'), filters: { country: ['JP'] } })
  expect(list().count).toBe(ROWS)
  await vi.waitFor(() => expect(list().count).toBe(ROWS / 4))
  expect(list().query.filters).toEqual({ country: ['JP'] })
  expect(list().rowAt(1)?.id).toBe(idOf(4))
  windows.want(200, 240)
  await vi.waitFor(() => expect(list().rowAt(240)?.id).toBe(idOf(960)))
  windows.end()
  db.close()
})

it('takes another query while a part of the one before is on its way', async () => {
  const { db, index, windows, list } = await openWindows()
  const { change, window } = index.client
  let tell: () => void = () => undefined
  const isChanged = new Promise<void>((resolve) => (tell = resolve))
  index.client.change = (...asked) => change(...asked).finally(tell)
  index.client.window = async (view, from, count) => {
    const found = await window(view, from, count)
    // The part comes when the view has changed, the beginning of the new list well after it.
    await isChanged
    if (from === 0) await new Promise((resolve) => setTimeout(resolve, 100))
    return found
  }
  windows.want(600, 640)
  windows.show({ ...plainQuery('all'), filters: { country: ['DE'] } })
  await vi.waitFor(() => expect(list().count).toBe((ROWS * 3) / 4))
  windows.want(600, 640)
  await vi.waitFor(() => expect(list().rowAt(600)?.id).toBe(idOf(801)))
  windows.end()
  db.close()
})

it('shows a change of a row that is on the screen, and leaves the other objects as they are', async () => {
  const { db, windows, list } = await openWindows()
  windows.want(0, 40)
  const [third, fourth] = [list().rowAt(3), list().rowAt(4)]
  await new Promise((resolve) => setTimeout(resolve, 250))
  await db.orderRows.put(row(3, { number: 'changed' }))
  await vi.waitFor(() => expect(list().rowAt(3)?.number).toBe('changed'))
  expect(list().rowAt(3)).not.toBe(third)
  expect(list().rowAt(4)).toBe(fourth)
  windows.end()
  db.close()
})

it('follows an order through changes of the list, and knows when it has left', async () => {
  const { db, index, windows, list, failures } = await openWindows()
  windows.follow([idOf(700), idOf(2)])
  await vi.waitFor(() => expect(list().placeOf(idOf(700))).toBe(700))
  await db.orderRows.bulkDelete([idOf(1), idOf(2)])
  await index.changed()
  await vi.waitFor(() => expect(list().placeOf(idOf(700))).toBe(698))
  await vi.waitFor(() => expect(list().hasLeft(idOf(2))).toBe(true))
  expect(list().hasLeft(idOf(700))).toBe(false)
  await vi.waitFor(() => expect(list().rowAt(1)?.id).toBe(idOf(3)))
  expect(list().count).toBe(ROWS - 2)
  expect(failures).toEqual([])
  windows.end()
  db.close()
})

it('says so when the index does not answer, and shows what it had', async () => {
  const { db, index, windows, list, failures } = await openWindows()
  const lost = new Error('no answer')
  index.client.letIn = () => Promise.reject(lost)
  index.client.placeOf = () => Promise.reject(lost)
  await windows.letIn(true)
  windows.follow([idOf(700)])
  await vi.waitFor(() => expect(failures).toEqual([lost, lost]))
  expect(list().rowAt(0)?.id).toBe(idOf(0))
  windows.end()
  db.close()
})

describe('what changes while it is read is read again', () => {
  /** The next window comes with what was there before these orders went. */
  function deleteWhileReading(
    { db, index }: Awaited<ReturnType<typeof openWindows>>,
    gone: OrderRow['id'][],
  ) {
    const answer = index.client.window
    index.client.window = async (...asked) => {
      index.client.window = answer
      const found = await answer(...asked)
      await db.orderRows.bulkDelete(gone)
      await index.changed()
      return found
    }
  }

  it('in a list that is there', async () => {
    const desk = await openWindows()
    const { db, index, windows, list } = desk
    await db.orderRows.delete(idOf(0))
    deleteWhileReading(desk, [idOf(1), idOf(3)])
    await index.changed()
    await vi.waitFor(() => expect(list().rowAt(0)?.id).toBe(idOf(2)))
    expect(list().rowAt(1)?.id).toBe(idOf(4))
    expect(list().count).toBe(ROWS - 3)
    windows.end()
    db.close()
  })

  it('in a part that was not there before', async () => {
    const desk = await openWindows()
    const { db, windows, list } = desk
    deleteWhileReading(desk, [idOf(1)])
    windows.want(900, 940)
    await vi.waitFor(() => expect(list().rowAt(900)?.id).toBe(idOf(901)))
    windows.end()
    db.close()
  })

  it('in a list that is being opened', async () => {
    const desk = await openWindows()
    const { db, index, failures } = desk
    deleteWhileReading(desk, [idOf(0)])
    const heard: WindowedList[] = []
    const another = new OrderWindows(db, index.client, {
      list: (list) => heard.push(list),
      failed: (error) => failures.push(error),
    })
    another.show(plainQuery('all'))
    await vi.waitFor(() => expect(heard.at(-1)?.rowAt(0)?.id).toBe(idOf(1)))
    expect(heard.at(-1)?.count).toBe(ROWS - 1)
    expect(failures).toEqual([])
    another.end()
    desk.windows.end()
    db.close()
  })
})
