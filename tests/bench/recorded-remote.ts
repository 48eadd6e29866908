import { Agent, request as sendRequest } from 'node:http'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Issue } from '#core/shared/issue.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { createConnectorRuntime, type ConnectorRuntime } from '#main/connectors/runtime.ts'
import { createHttpExecutor, type HttpExecutor } from '#main/http/executor.ts'
import { PAGE_SIZE } from '#renderer/sync/pull.ts'
import { toWire } from '#tests/simulation/connected/bad-line.ts'
import {
  serveLocally,
  type Answering,
  type WireAnswer,
  type WireRequest,
} from '#tests/support/local-server.ts'

/** A remote and how a desk gets to it; `baseUrl` is put in where it is reached. */
export interface PulledRemote {
  connectorId: string
  answer: Answering
  settings: (baseUrl: string) => Record<string, string>
  secrets: Record<string, string>
}

export interface RecordedRemote {
  baseUrl: string
  /** Requests for orders, in their order. */
  calls: WireRequest[]
  /** How long a pull waits for its limits of calls, ms of the remote's time. */
  waitedMs: number
  remote: PulledRemote
  stop: () => Promise<void>
}

const CONNECTION = 'bench' as ConnectionId
const START = Date.UTC(2026, 10, 22, 8)

/**
 * Pulls everything once and keeps what was answered; after that the same requests get the same answers from memory, over HTTP: a fake needs
 * longer to make a page than anything that is measured here.
 */
export async function recordPull(remote: PulledRemote): Promise<RecordedRemote> {
  const answers = new Map<string, WireAnswer>()
  const calls: WireRequest[] = []
  const unmeasured = 'http://127.0.0.1:9'
  const execute: HttpExecutor = async (request) => {
    const asked = toWire(request)
    const answer = await remote.answer(asked)
    answers.set(keyOf(asked), answer)
    if (!request.name.includes('Token') && request.name !== 'Login') calls.push(asked)
    return { kind: 'answer', ...answer, text: answer.body, receivedAt: START }
  }
  const { waitedMs } = await pullAll(remote, unmeasured, execute)
  const { baseUrl, stop } = await serveLocally((asked) => {
    const answer = answers.get(keyOf(asked))
    if (answer === undefined) throw new Error(`not recorded: ${keyOf(asked)}`)
    return Promise.resolve(answer)
  }, reportFault)
  return { baseUrl, calls, waitedMs, remote, stop }
}

const keyOf = ({ method, path, body }: WireRequest): string => `${method} ${path} ${body}`

/** A pull fails by what it is answered then. */
function reportFault(error: unknown): void {
  process.stderr.write(`${String(error)}\n`)
}

/** Through the real runtime and connector, as the engine asks. Waiting costs no time, and is added up. */
async function pullAll(
  { connectorId, settings, secrets }: PulledRemote,
  baseUrl: string,
  execute: HttpExecutor,
): Promise<{ orders: number; waitedMs: number }> {
  let waitedMs = 0
  const runtime = createConnectorRuntime({
    execute,
    credentials: {
      settingsOf: () => Promise.resolve(ok({ connectorId, settings: settings(baseUrl) })),
      secretsOf: () => Promise.resolve(ok(secrets)),
    },
    now: () => START + waitedMs,
    sleep: (ms) => {
      waitedMs += ms
      return Promise.resolve()
    },
  })
  const wait = (found: Issue): void => {
    if (found.retryAfterMs === undefined) throw new Error(JSON.stringify(found))
    waitedMs += found.retryAfterMs
  }
  return { orders: await readPages(runtime, wait), waitedMs }
}

async function readPages(runtime: ConnectorRuntime, wait: (found: Issue) => void): Promise<number> {
  const seen = new Set<string>()
  let pageToken: string | null = null
  for (;;) {
    const asked: OperationInput<'pull-orders'> = { checkpoint: null, pageToken, pageSize: PAGE_SIZE }
    const page: Result<OperationOutput<'pull-orders'>> = await runtime.run(CONNECTION, 'pull-orders', asked)
    if (!page.ok) {
      wait(page.error)
      continue
    }
    if (page.value.rejected.length > 0) throw new Error(JSON.stringify(page.value.rejected[0]))
    for (const { remoteId } of page.value.orders) seen.add(remoteId)
    if (page.value.nextPage === null) return seen.size
    pageToken = page.value.nextPage
  }
}

/** ms of one pull of everything. */
export async function timePull({ remote, baseUrl }: RecordedRemote, orders: number): Promise<number> {
  const started = performance.now()
  const pulled = await pullAll(remote, baseUrl, createHttpExecutor())
  if (pulled.orders !== orders) throw new Error(`${pulled.orders} of ${orders} orders came`)
  return performance.now() - started
}

/** ms of the same requests, sent barely one after the other over one connection, and of `JSON.parse` of their answers. */
export async function timeBare({ calls, baseUrl }: RecordedRemote): Promise<number> {
  const agent = new Agent({ keepAlive: true })
  const { port } = new URL(baseUrl)
  const started = performance.now()
  for (const { method, path, headers, body } of calls) {
    const text = await new Promise<string>((resolve, reject) => {
      const options = { host: '127.0.0.1', port, method, path, headers, agent }
      const sent = sendRequest(options, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
      })
      sent.once('error', reject)
      sent.end(body === '' ? undefined : body)
    })
    JSON.parse(text)
  }
  const ms = performance.now() - started
  agent.destroy()
  return ms
}
