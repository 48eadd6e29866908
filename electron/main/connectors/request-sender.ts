import { issue, type Issue } from '#core/shared/issue.ts'
import type { Connector } from '#core/connectors/_kit/connector.ts'
import type { Priority } from '#core/sync/priority.ts'
import { readRetryAfter } from '#core/connectors/_kit/http-issue.ts'
import type { HttpRequest, HttpResponse, Session, Settings } from '#core/connectors/_kit/operation.ts'
import type { HttpExecutor } from '#main/http/executor.ts'
import type { RateLimiter } from '#main/connectors/rate-limiter.ts'
import { resolveTarget } from '#main/connectors/request-target.ts'
import { plainUrl, redactBodies, type TraceEntry } from '#main/connectors/trace.ts'

/** Ends an operation from outside its generator: no session, no turn, no more wish for it. */
export class OperationStopped extends Error {
  override name = 'OperationStopped'
  constructor(readonly issue: Issue) {
    super(issue.code)
  }
}

export interface SenderPorts {
  execute: HttpExecutor
  now: () => number
  log?: ((entry: TraceEntry) => void) | undefined
  traceBodies: boolean
}

export interface SendContext {
  connectionId: string
  operation: string
  connector: Connector
  settings: Settings
  limiter: RateLimiter
  priority: Priority
  signal: AbortSignal
  /** Values that must not reach a trace; the session's are added here. */
  secrets: string[]
}

/** Sends one request with these session headers: host check, tempo, trace. */
export async function sendRequest(
  request: HttpRequest,
  sessionHeaders: Session['headers'],
  context: SendContext,
  ports: SenderPorts,
): Promise<HttpResponse> {
  const url = resolveTarget(context.connector.manifest, context.settings, request.url)
  const turn = await takeTurn(request.name, context)
  const at = ports.now()
  try {
    const headers = { ...request.headers, ...sessionHeaders }
    const answer = await ports.execute({ ...request, url, headers }, context.signal)
    const response = noteLimit(request.name, answer, context, ports.now())
    const tokens = Object.values(sessionHeaders).map((value) => value.replace(/^\w+ /, ''))
    ports.log?.(toTrace(request, response, { url, at, tokens }, context, ports))
    return response
  } finally {
    turn.leave()
  }
}

async function takeTurn(
  name: string,
  { limiter, priority, signal }: SendContext,
): Promise<{ leave: () => void }> {
  try {
    const turn = await limiter.enter(signal, priority, name)
    if ('leave' in turn) return turn
    throw new OperationStopped(
      issue('rate-limited', { reason: 'local-limit', retryAfterMs: turn.retryAfterMs }),
    )
  } catch (error) {
    if (signal.aborted) throw new OperationStopped(issue('cancelled'))
    throw error
  }
}

/** Keeps to what the remote says of its limits. A refusal of requests that are counted apart says how long their bucket needs, if it did not itself. */
function noteLimit(
  name: string,
  response: HttpResponse,
  { connector, limiter }: SendContext,
  now: number,
): HttpResponse {
  const said = connector.waitAfter?.(response) ?? 0
  if (said > 0) limiter.blockUntil(now + said)
  const rate = connector.rateOf?.(response) ?? null
  if (rate !== null) limiter.setRate(name, rate)
  if (response.kind !== 'answer' || (response.status !== 429 && response.status !== 503)) return response
  const wait = readRetryAfter(response)
  if (wait !== null) limiter.blockUntil(now + wait)
  if (response.status !== 429) return response
  const own = limiter.drain(name)
  if (wait !== null) return response
  if (own !== null)
    return { ...response, headers: { ...response.headers, 'retry-after': String(own / 1000) } }
  limiter.blockUntil(now + 1_000)
  return response
}

function toTrace(
  request: HttpRequest,
  response: HttpResponse,
  { url, at, tokens }: { url: string; at: number; tokens: string[] },
  context: SendContext,
  ports: SenderPorts,
): TraceEntry {
  const { personalKeys } = context.connector.manifest
  const rules = { secrets: [...context.secrets, ...tokens], personalKeys }
  return {
    at,
    connectionId: context.connectionId,
    operation: context.operation,
    name: request.name,
    method: request.method,
    url: plainUrl(url),
    status: response.kind === 'answer' ? response.status : null,
    failure: response.kind === 'failure' ? response.reason : null,
    ms: ports.now() - at,
    ...(ports.traceBodies ? redactBodies(request, response, rules) : {}),
  }
}
