import { request as sendRequest, type IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readBody } from '../../support/fault-proxy-wire.ts'
import { startLocalServer } from '../../support/local-server.ts'
import { specsFolder } from '../../contracts/specs-folder.ts'
import { installPeer } from '../install-peer.ts'

const dir = dirname(fileURLToPath(import.meta.url))

/** Files of Amazon's official models, without their ending. */
export type AmazonModel =
  | 'orders_2026-01-01'
  | 'ordersV0'
  | 'sellers'
  | 'listingsItems_2021-08-01'
  | 'definitionsProductTypes_2020-09-01'
  | 'feeds_2021-06-30'

export interface ModelsGate {
  baseUrl: string
  /** What broke the contract, in requests or in answers. Must stay empty. */
  violations: string[]
  stop: () => Promise<void>
}

interface Operation {
  path: string
}

/** As much of Prism's packages as is used; they bring no module that this project's compiler could read. */
interface Prism {
  getHttpOperationsFromSpec: (file: string) => Promise<Operation[]>
  createServer: (
    operations: Operation[],
    options: { cors: boolean; config: object; components: { logger: unknown } },
  ) => { listen: (port: number, host: string) => Promise<string>; close: () => Promise<void> }
  createLogger: (name: string, options: { level: string }) => unknown
}

function loadPrism(): Prism {
  const load = createRequire(join(dir, 'package.json'))
  return {
    ...(load('@stoplight/prism-http-server') as Pick<Prism, 'createServer'>),
    ...(load('@stoplight/prism-http') as Pick<Prism, 'getHttpOperationsFromSpec'>),
    ...(load('@stoplight/prism-core') as Pick<Prism, 'createLogger'>),
  }
}

export function modelFile(model: AmazonModel): string {
  return join(specsFolder ?? '', 'specs', 'marketplaces', 'amazon-sp-api', `${model}.json`)
}

/**
 * Stands before a server and holds every request and every answer of these models to them, as `prism proxy --errors` does, with all models in one
 * process. A path that no model has goes straight through (sign-in, storage).
 */
export async function startModelsGate(models: readonly AmazonModel[], target: string): Promise<ModelsGate> {
  await installPeer({ dir, name: 'amazon models' })
  const prism = loadPrism()
  const operations = (
    await Promise.all(models.map((each) => prism.getHttpOperationsFromSpec(modelFile(each))))
  ).flat()
  const proxy = prism.createServer(operations, {
    cors: false,
    config: {
      ...{ isProxy: true, upstream: new URL(target), errors: true, mock: { dynamic: false } },
      ...{ validateRequest: true, validateResponse: true, checkSecurity: true },
    },
    components: { logger: prism.createLogger('models', { level: 'silent' }) },
  })
  const proxyUrl = await proxy.listen(0, '127.0.0.1')
  const held = new Set(operations.map(({ path }) => path.split('/')[1]))
  const violations: string[] = []
  const { baseUrl, stop } = await startLocalServer(
    async (incoming, outgoing) => {
      const isHeld = held.has(new URL(incoming.url ?? '/', target).pathname.split('/')[1])
      const { status, headers, body } = await pass(incoming, isHeld ? proxyUrl : target)
      const broken = readViolations(headers, body)
      violations.push(...broken.map((each) => `${incoming.method} ${incoming.url}: ${each}`))
      outgoing.writeHead(status, headers).end(body)
    },
    (error) => violations.push(String(error)),
  )
  return {
    ...{ baseUrl, violations },
    stop: async () => {
      await stop()
      await proxy.close()
    },
  }
}

interface Passed {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
}

async function pass(incoming: IncomingMessage, to: string): Promise<Passed> {
  const sent = await readBody(incoming)
  const { hostname, port } = new URL(to)
  return new Promise((resolve, reject) => {
    const options = {
      hostname,
      port,
      path: incoming.url,
      method: incoming.method,
      headers: incoming.headers,
      agent: false,
    }
    const request = sendRequest(options, (answer) => {
      const headers = { ...answer.headers }
      // The body goes on whole.
      delete headers['transfer-encoding']
      delete headers.connection
      readBody(answer).then((body) => resolve({ status: answer.statusCode ?? 502, headers, body }), reject)
    })
    request.once('error', reject)
    request.end(sent)
  })
}

/** Prism says what broke the contract in a header, or answers in place of the server. */
function readViolations(headers: IncomingMessage['headers'], body: Buffer): string[] {
  const said = headers['sl-violations']
  if (said !== undefined) return [String(said)]
  return /problem\+json/.test(headers['content-type'] ?? '') ? [body.toString('utf8')] : []
}
