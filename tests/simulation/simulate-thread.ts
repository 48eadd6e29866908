import { parentPort } from 'node:worker_threads'
import { simulate } from '#tests/simulation/simulate.ts'

// One thread of `npm run simulate`: tells the stories it is given.
parentPort?.on('message', async (seed: number) => parentPort?.postMessage(await simulate(seed)))
parentPort?.postMessage(null)
