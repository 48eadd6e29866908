import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { bundleSimulation } from '#tests/simulation/bundle.ts'
import type { Telling, ThreadStart } from '#tests/simulation/simulate-thread.ts'
import type { SimulationReport } from '#tests/simulation/simulate.ts'

// npm run simulate -- --seeds 200 [--seed 4711] [--first 1] [--hours 2] [--connector shopify]: stories of a desk on a bad line, on all
// cores, with shops in memory or with a connector and what it connects to; a seed that fails can be told again.
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    seed: { type: 'string' },
    first: { type: 'string', default: '1' },
    hours: { type: 'string' },
    connector: { type: 'string' },
  },
})
const first = Number(values.seed ?? values.first)
const until = values.hours === undefined ? null : Date.now() + Number(values.hours) * 3_600_000
const end = values.seed !== undefined ? first + 1 : until === null ? first + Number(values.seeds) : Infinity

const totals = {
  ...{ kills: 0, takeovers: 0, jumps: 0, orders: 0, effects: 0, calls: 0, batches: 0 },
  ...{ pushes: 0, orderWrites: 0, conflicts: 0, purchases: 0, searches: 0, refunds: 0 },
}
const startedAt = Date.now()
let told = 0
let failed = 0
let next = first

function take({ seed, breaches, stats, digest }: SimulationReport): void {
  told++
  if (values.seed !== undefined) process.stdout.write(`seed ${seed} ends in ${digest}\n`)
  for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += stats[key]
  if (breaches.length === 0) return
  failed++
  process.stdout.write(`seed ${seed} failed:\n  ${breaches.join('\n  ')}\n`)
}

/** Takes seeds until there are no more; each story is whole in one thread. */
function runThread(): Promise<void> {
  return new Promise((resolve, reject) => {
    // A story's records live for milliseconds: with room for many of them, hardly any is ever moved. More room would not stay in
    // the processor's own memory.
    const workerData: ThreadStart = { connector: values.connector ?? null }
    const worker = new Worker(bundle.script, {
      ...{ workerData, resourceLimits: { maxYoungGenerationSizeMb: 48 } },
    })
    worker.on('error', reject)
    worker.on('message', (report: SimulationReport | null) => {
      if (report !== null) take(report)
      if (next < end && (until === null || Date.now() < until))
        worker.postMessage({ seed: next++, digest: values.seed !== undefined } satisfies Telling)
      else void worker.terminate().then(() => resolve())
    })
  })
}

const bundle = await bundleSimulation()
const threads = Math.min(availableParallelism(), end - first)
try {
  await Promise.all(Array.from({ length: threads }, runThread))
} finally {
  await bundle.remove()
}
const { kills, takeovers, jumps, orders, effects, calls, pushes, orderWrites, conflicts } = totals
const { purchases, searches, refunds, batches } = totals
const { user, system } = process.cpuUsage()
const each = Math.round((user + system) / 1000 / Math.max(1, told))
const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
process.stdout.write(
  `${told} stories in ${seconds} s on ${threads} threads (${each} ms of processor time each), ${failed} failed: ${orders} orders, ${effects} shipments told, ${pushes} changes of listings, ${batches} batches, ${orderWrites} cancellations and notes, ${conflicts} conflicts, ${purchases} labels bought, ${searches} looked for, ${refunds} given back, ${calls} calls, ${kills} kills, ${takeovers} takeovers, ${jumps} clock jumps\n`,
)
process.exit(failed === 0 ? 0 : 1)
