import { expect, it } from 'vitest'
import { simulate, type SimulationReport } from '#tests/simulation/simulate.ts'

// Only in memory: with Dexie the order of events also depends on the machine.

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1)
/** Enough that it does not hang on the luck of single stories. */
const MANY = Array.from({ length: 60 }, (_, i) => i + 1)

async function tell(seeds = SEEDS): Promise<SimulationReport[]> {
  const reports: SimulationReport[] = []
  for (const seed of seeds) reports.push(await simulate(seed))
  return reports
}

it('the same seed tells the same story, to the last record; another seed tells another', async () => {
  const stories = await tell()
  expect(await tell()).toEqual(stories)
  expect(new Set(stories.map(({ digest }) => digest)).size).toBe(SEEDS.length)
})

it('the stories are full of trouble', async () => {
  const stories = await tell(MANY)
  const sum = (of: (story: SimulationReport) => number) =>
    stories.reduce((total, story) => total + of(story), 0)
  expect(sum(({ stats }) => stats.kills)).toBeGreaterThan(30)
  expect(sum(({ stats }) => stats.takeovers)).toBeGreaterThan(0)
  expect(sum(({ stats }) => stats.jumps)).toBeGreaterThan(9)
  expect(sum(({ stats }) => stats.effects)).toBeGreaterThan(30)
  expect(sum(({ stats }) => stats.refunds)).toBeGreaterThan(1)
})
