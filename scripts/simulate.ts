// First: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto'
import { parseArgs } from 'node:util'
import { simulate } from '#tests/simulation/simulate.ts'

// npm run simulate -- --seeds 200 [--seed 4711]: stories of a desk on a bad line; a seed that fails can be told again.
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '50' }, seed: { type: 'string' } },
})
const first = Number(values.seed ?? 1)
const count = values.seed === undefined ? Number(values.seeds) : 1

const totals = { kills: 0, orders: 0, effects: 0, calls: 0 }
let failed = 0
for (let seed = first; seed < first + count; seed++) {
  const { breaches, stats } = await simulate(seed)
  for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += stats[key]
  if (breaches.length === 0) continue
  failed++
  process.stdout.write(`seed ${seed} failed:\n  ${breaches.join('\n  ')}\n`)
}
const { kills, orders, effects, calls } = totals
process.stdout.write(
  `${count} stories, ${failed} failed: ${orders} orders, ${effects} shipments told, ${calls} calls, ${kills} kills\n`,
)
process.exit(failed === 0 ? 0 : 1)
