// One thread of `npm run simulate`: registers the TypeScript loader, then tells the stories it is given.
import { parentPort } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import('fake-indexeddb/auto')
const { simulate } = await import('./simulate.ts')
parentPort?.on('message', async (seed) => parentPort?.postMessage(await simulate(seed)))
parentPort?.postMessage(null)
