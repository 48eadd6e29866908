import { describe, expect, it } from 'vitest'
import { simulate } from '#tests/simulation/simulate.ts'

describe('stories of a desk on a bad line', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'seed %i: one effect per intent, nothing lost, no checkpoint moves back',
    async (seed) => {
      expect((await simulate(seed)).breaches).toEqual([])
    },
  )

  it('is not a walk in the park, and the same seed tells the same story', async () => {
    const stories = [await simulate(1), await simulate(2), await simulate(3)]
    expect(stories.some(({ stats }) => stats.kills > 0)).toBe(true)
    expect(stories.some(({ stats }) => stats.effects > 0)).toBe(true)
    expect(await simulate(1)).toEqual(stories[0])
  })
})
