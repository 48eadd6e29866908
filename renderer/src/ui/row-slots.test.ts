import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RowSlots, type Wanted } from '#renderer/ui/row-slots.ts'

const rows = (from: number, to: number, list = 'a') =>
  Array.from({ length: to - from }, (_, i) => ({ index: from + i, key: `${list}${from + i}` }))
const indexes = (items: readonly { index: number }[]) => items.map(({ index }) => index)
const slotsOf = (items: readonly { slot: number }[]) => items.map(({ slot }) => slot)
const between = (from: number, to: number, count = 1000) => ({ from, to: to - 1, count })
const seen = (first: number, last: number) => ({ first, last })

/** A list whose first rows are all drawn. */
function openList(count: number): RowSlots<Wanted> {
  const slots = new RowSlots<Wanted>()
  do slots.place(rows(0, count), seen(0, 9), between(0, count))
  while (slots.nextFrame())
  return slots
}

describe('the elements of a list', () => {
  it('are made in several frames, what is on the screen first', () => {
    const slots = new RowSlots<Wanted>()
    const place = () => indexes(slots.place(rows(20, 60), seen(30, 49), between(20, 60)))
    expect(place()).toEqual(indexes(rows(30, 46)))
    expect(place()).toEqual(indexes(rows(30, 46)))
    expect(slots.nextFrame()).toBe(true)
    expect(place()).toEqual(indexes(rows(20, 52)))
    expect(slots.nextFrame()).toBe(true)
    expect(place()).toEqual(indexes(rows(20, 60)))
    expect(slots.nextFrame()).toBe(false)
  })

  it('show another list at once, in the order in which they stand', () => {
    const slots = openList(40)
    const other = () => slots.place(rows(0, 40, 'b'), seen(0, 25), between(0, 40))
    expect(other().map(({ key }) => key)).toEqual(rows(0, 26, 'b').map(({ key }) => key))
    expect(slots.nextFrame()).toBe(true)
    expect(other().map(({ key }) => key)).toEqual(rows(0, 40, 'b').map(({ key }) => key))
    expect(slotsOf(other()).slice(0, 26)).toEqual(indexes(rows(0, 26)))
  })

  it('stand by out of sight while the rows of another place are read', () => {
    const slots = openList(40)
    const place = (wanted: Wanted[]) => slots.place(wanted, seen(510, 530), between(500, 540))
    const waiting = place([])
    expect(indexes(waiting)).toEqual(indexes(rows(0, 40)))
    const there = place(rows(500, 540))
    expect(indexes(there)).toEqual([...indexes(rows(0, 19)), ...indexes(rows(510, 531))])
    expect(slotsOf(there)).toEqual(slotsOf(waiting))
    slots.nextFrame()
    place(rows(500, 540))
    slots.nextFrame()
    expect(indexes(place(rows(500, 540)))).toEqual(indexes(rows(500, 540)))
  })

  it('follow a row that moves, and of others take the one that left', () => {
    const slots = openList(20)
    const scrolled = slots.place(rows(3, 23), seen(6, 18), between(3, 23))
    expect(slotsOf(scrolled)).toEqual([...rows(3, 20).map(({ index }) => index), 0, 1, 2])
  })

  it('are gone when the list ends before them', () => {
    const slots = openList(40)
    expect(slots.place(rows(0, 5), seen(0, 4), between(0, 5, 5))).toHaveLength(5)
  })

  it('never show one row twice, nor a row at a place that is not its own', () => {
    const step = fc.record({
      from: fc.nat(300),
      length: fc.integer({ min: 1, max: 60 }),
      list: fc.constantFrom('a', 'b'),
      read: fc.boolean(),
      frame: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const slots = new RowSlots<Wanted>()
        for (const { from, length, list, read, frame } of steps) {
          const wanted = read ? rows(from, from + length, list) : []
          const placed = slots.place(wanted, seen(from, from + 20), between(from, from + length))
          expect(new Set(slotsOf(placed)).size).toBe(placed.length)
          expect(placed.length).toBeLessThanOrEqual(length)
          expect(indexes(placed)).toEqual(indexes(placed).sort((a, b) => a - b))
          const inside = placed.filter(({ index }) => index >= from && index < from + length)
          for (const { index, key } of inside) expect(wanted[index - from]?.key).toBe(key)
          if (frame) slots.nextFrame()
        }
      }),
    )
  })
})
