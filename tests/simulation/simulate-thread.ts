import { parentPort, workerData } from 'node:worker_threads'
import { loadSetting } from '#tests/simulation/connected/settings.ts'
import { simulate } from '#tests/simulation/simulate.ts'

/** What a thread is asked to tell. */
export interface Telling {
  seed: number
  digest: boolean
}

/** What a thread is begun with. */
export interface ThreadStart {
  /** Whose remotes the stories are about; null: shops in memory. */
  connector: string | null
}

// One thread of `npm run simulate`: tells the stories it is given.
const { connector } = workerData as ThreadStart
const setting = connector === null ? {} : { setting: await loadSetting(connector) }
parentPort?.on('message', async ({ seed, digest }: Telling) =>
  parentPort?.postMessage(await simulate(seed, { digest, ...setting })),
)
parentPort?.postMessage(null)
