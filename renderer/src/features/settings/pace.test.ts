import { describe, expect, it } from 'vitest'
import { Pace } from '#renderer/features/settings/pace.ts'

describe('the pace of a long job', () => {
  it('is known after some seconds, and anew for each step', () => {
    const pace = new Pace()
    expect(pace.left('check', 0, 1000, 0)).toBeNull()
    expect(pace.left('check', 100, 1000, 2_000)).toBeNull()
    expect(pace.left('check', 200, 1000, 4_000)).toBe(16_000)
    expect(pace.left('fill', 500, 1000, 5_000)).toBeNull()
  })

  it('forgets what was long ago', () => {
    const pace = new Pace()
    pace.left('fill', 0, 1000, 0)
    pace.left('fill', 500, 1000, 1_000)
    // Twenty seconds later the quick start no longer counts.
    pace.left('fill', 510, 1000, 21_000)
    expect(pace.left('fill', 520, 1000, 41_000)).toBe(960_000)
  })

  it('is unknown while nothing moves', () => {
    const pace = new Pace()
    pace.left('fill', 5, 10, 0)
    expect(pace.left('fill', 5, 10, 10_000)).toBeNull()
  })
})
