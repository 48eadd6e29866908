import { parentPort } from 'node:worker_threads'
import { simulate } from '#tests/simulation/simulate.ts'

/** What a thread is asked to tell. */
export interface Telling {
  seed: number
  digest: boolean
}

// One thread of `npm run simulate`: tells the stories it is given.
parentPort?.on('message', async ({ seed, digest }: Telling) =>
  parentPort?.postMessage(await simulate(seed, { digest })),
)
parentPort?.postMessage(null)
