import { describe, expect, it } from 'vitest'
import {
  canvasHeight,
  offsetAt,
  offsetToShow,
  scrollTopAt,
  visibleRows,
  type ListShape,
} from '#renderer/ui/row-geometry.ts'

const shape = (count: number): ListShape => ({ count, rowHeight: 40, viewport: 600 })

describe('a list under a scroll bar', () => {
  it('knows what is seen at the top, between rows and at the end', () => {
    expect(visibleRows(shape(100), 0)).toEqual({ first: 0, last: 14 })
    expect(visibleRows(shape(100), 50)).toEqual({ first: 1, last: 16 })
    expect(visibleRows(shape(100), 100 * 40 - 600)).toEqual({ first: 85, last: 99 })
    expect(visibleRows(shape(3), 0)).toEqual({ first: 0, last: 2 })
    expect(visibleRows(shape(0), 0)).toEqual({ first: 0, last: -1 })
  })

  it('shows a row with as little movement as possible', () => {
    expect(offsetToShow(shape(100), 3, 0)).toBe(0)
    expect(offsetToShow(shape(100), 15, 0)).toBe(40)
    expect(offsetToShow(shape(100), 2, 400)).toBe(80)
  })

  it('gives 500,000 rows their true height', () => {
    expect(canvasHeight(shape(500_000))).toBe(20_000_000)
    expect(offsetAt(shape(500_000), 12_345)).toBe(12_345)
  })

  it('reaches the last row of a list that is too high to lay out, and any row in between', () => {
    const long = shape(3_000_000)
    expect(canvasHeight(long)).toBeLessThan(2 ** 25)
    expect(visibleRows(long, canvasHeight(long) - 600).last).toBe(2_999_999)
    for (const index of [0, 1, 1_234_567, 2_999_999]) {
      const scrollTop = scrollTopAt(long, offsetToShow(long, index, 0))
      const { first, last } = visibleRows(long, scrollTop)
      expect(first).toBeLessThanOrEqual(index)
      expect(last).toBeGreaterThanOrEqual(index)
    }
  })
})
