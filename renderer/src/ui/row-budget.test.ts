import { describe, expect, it } from 'vitest'
import { RowBudget } from '#renderer/ui/row-budget.ts'

const rows = (from: number, to: number, list = 'a') =>
  Array.from({ length: to - from }, (_, i) => ({ index: from + i, key: `${list}${from + i}` }))
const indexes = (items: readonly { index: number }[]) => items.map(({ index }) => index)

describe('what a frame may bring in', () => {
  it('is a list in several frames, what is on the screen first', () => {
    const budget = new RowBudget()
    const wanted = rows(20, 60)
    const visible = { startIndex: 30, endIndex: 49 }
    expect(indexes(budget.admit(wanted, visible))).toEqual(indexes(rows(30, 46)))
    expect(budget.nextFrame()).toBe(true)
    expect(indexes(budget.admit(wanted, visible))).toEqual(indexes(rows(20, 52)))
    expect(budget.nextFrame()).toBe(true)
    expect(indexes(budget.admit(wanted, visible))).toEqual(indexes(wanted))
    expect(budget.nextFrame()).toBe(false)
  })

  it('does not grow when it is asked for twice in a frame', () => {
    const budget = new RowBudget()
    const first = budget.admit(rows(0, 40), null)
    expect(first).toHaveLength(16)
    expect(budget.admit(rows(0, 40), null)).toEqual(first)
    expect(budget.admit(rows(0, 40, 'b'), null)).toEqual([])
    expect(budget.nextFrame()).toBe(true)
    expect(budget.admit(rows(0, 40, 'b'), null)).toHaveLength(16)
  })

  it('never takes away a row that is there and wanted', () => {
    const budget = new RowBudget<{ index: number; key: string }>()
    budget.admit(rows(0, 16), null)
    budget.nextFrame()
    const moved = [
      ...rows(0, 30, 'b'),
      ...rows(30, 46, 'a').map(({ index }) => ({ index, key: `a${index - 30}` })),
    ]
    const admitted = budget.admit(moved, { startIndex: 0, endIndex: 20 })
    expect(admitted.filter(({ key }) => key.startsWith('a'))).toHaveLength(16)
    expect(admitted).toHaveLength(32)
  })

  it('lets a scroll of a few rows through at once', () => {
    const budget = new RowBudget()
    budget.admit(rows(0, 16), null)
    budget.nextFrame()
    expect(indexes(budget.admit(rows(6, 22), null))).toEqual(indexes(rows(6, 22)))
    expect(budget.nextFrame()).toBe(false)
  })
})
