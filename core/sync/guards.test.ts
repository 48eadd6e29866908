import { describe, expect, it } from 'vitest'
import { isMassive, PullGuard } from '#core/sync/guards.ts'

describe('guards', () => {
  it.each([
    [9, 9, false],
    [10, 199, true],
    [10, 201, false],
    [100, 5_000, false],
    [101, 5_000, true],
    [0, 0, false],
  ])('%i of %i: %s', (count, of, massive) => expect(isMassive(count, of)).toBe(massive))

  it('adds up over pages, and keeps quiet once a person has said so', () => {
    const guard = new PullGuard(50, false)
    expect(guard.note('mass-cancel', 6, 1)).toBeNull()
    expect(guard.note('mass-missing', 6, 1)).toBeNull()
    expect(guard.note('mass-cancel', 0, 1)).toBeNull()
    expect(guard.note('mass-cancel', 4, 2)).toEqual({ kind: 'mass-cancel', count: 10, of: 50, at: 2 })
    expect(new PullGuard(50, true).note('mass-cancel', 50, 1)).toBeNull()
  })
})
