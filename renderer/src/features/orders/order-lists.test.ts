import { describe, expect, it } from 'vitest'
import type { OrderRow } from '#core/order/order-row.ts'
import { keepSame } from '#renderer/data/queries/same-rows.ts'
import { shipByClock, shipByTone } from '#renderer/features/orders/ship-by.ts'

const HOUR = 3_600_000

describe('a list that is read anew', () => {
  it('keeps the objects of rows that hold the same, and takes those that changed', () => {
    const flagged = (id: string, flags: string[], held = 0) => ({ id, flags, held }) as unknown as OrderRow
    const before = [flagged('a', ['note']), flagged('b', []), flagged('c', [])]
    const after = [flagged('n', []), flagged('a', ['note']), flagged('b', ['held']), flagged('c', [], 1)]
    const kept = keepSame(before, after)
    expect(kept).toEqual(after)
    expect(kept.map((row) => before.includes(row))).toEqual([false, true, false, false])
    const bare = { id: 'a', held: 0 } as unknown as OrderRow
    expect(keepSame(before, [bare])).toEqual([bare])
  })
})

describe('the ship-by clock', () => {
  const now = new Date(2026, 10, 22, 9, 0).getTime()

  it('counts hours and minutes while they matter', () => {
    expect(shipByClock(now + 2 * HOUR + 10 * 60_000, now)).toMatchObject({
      kind: 'left',
      unit: 'hours',
      hours: 2,
      minutes: 10,
    })
    expect(shipByClock(now + 30 * 60_000, now)).toMatchObject({ kind: 'left', unit: 'minutes', minutes: 30 })
    expect(shipByClock(now + 14 * HOUR, now)).toMatchObject({ kind: 'left', unit: 'hours' })
    expect(shipByClock(now + 24 * HOUR, now)).toEqual({ kind: 'tomorrow' })
    expect(shipByClock(now + 40 * HOUR, now)).toMatchObject({ kind: 'left', unit: 'days', days: 2 })
    expect(shipByClock(now + 75 * HOUR, now)).toMatchObject({ kind: 'left', unit: 'days', days: 3 })
  })

  it('says late', () => {
    expect(shipByClock(now - 3 * HOUR, now)).toMatchObject({ kind: 'late', unit: 'hours', hours: 3 })
    expect(shipByClock(now - 50 * HOUR, now)).toMatchObject({ kind: 'late', unit: 'days', days: 2 })
    expect(shipByTone(now - 1, now)).toBe('text-error')
    expect(shipByTone(now + HOUR, now)).toBe('text-warning')
    expect(shipByTone(now + 48 * HOUR, now)).toBe('')
  })
})
