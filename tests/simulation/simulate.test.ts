import { describe, expect, it } from 'vitest'
import { simulate } from '#tests/simulation/simulate.ts'

// On both databases: in memory (vitest's project `memory`), and on Dexie over an IndexedDB in memory, where the same seed tells another story.

describe('stories of a desk on a bad line', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'seed %i: one effect per intent, nothing lost, no checkpoint moves back, a restart changes nothing',
    async (seed) => {
      expect((await simulate(seed)).breaches).toEqual([])
    },
  )

  it('are no walk in the park', async () => {
    const stories = [await simulate(1), await simulate(2), await simulate(3), await simulate(4)]
    expect(stories.some(({ stats }) => stats.kills > 0)).toBe(true)
    expect(stories.some(({ stats }) => stats.effects > 0)).toBe(true)
  })
})
