import { beforeAll, describe, expect, it } from 'vitest'
import { SKIPPED } from '#tests/contracts/specs-folder.ts'
import { CONNECTED_NAMES, loadSetting } from '#tests/simulation/connected/settings.ts'
import { simulate, type SimulationReport } from '#tests/simulation/simulate.ts'
import type { Setting } from '#tests/simulation/story-shop.ts'

// On the database in memory (vitest's project `connected`). More of them: npm run simulate -- --connector shopify --seeds 300

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8]
/** Amazon's requests and answers are held to its models where these are. */
const UNHELD = SKIPPED === '' ? '' : ', Amazon’s contract unwatched'

describe.each(CONNECTED_NAMES)(`stories of a desk and %s over a bad line${UNHELD}`, (connector) => {
  let setting: Setting
  const told: SimulationReport[] = []

  beforeAll(async () => {
    setting = await loadSetting(connector)
  })

  it.each(SEEDS)(
    'seed %i: nothing lost, each parcel told once, nothing overwritten, no call breaks the contract, and it comes to rest',
    async (seed) => {
      const report = await simulate(seed, { setting })
      told.push(report)
      expect(report.breaches).toEqual([])
    },
  )

  it('are the same when they are told again', async () => {
    expect(await simulate(SEEDS[0] ?? 1, { setting })).toEqual(told[0])
  })

  it('are no walk in the park', () => {
    const sum = (of: keyof SimulationReport['stats']) =>
      told.reduce((total, { stats }) => total + stats[of], 0)
    for (const each of ['kills', 'effects', 'pushes'] as const) expect(sum(each)).toBeGreaterThan(2)
    expect(sum('batches') > 2).toBe(setting.batch !== undefined)
    expect(sum('calls')).toBeGreaterThan(200)
  })
})
