import * as http from 'node:http'
import * as https from 'node:https'
import { gunzipSync } from 'node:zlib'
import axios, { AxiosError, type AxiosResponse } from 'axios'
import type {
  Effect,
  FailureReason,
  HttpAnswer,
  HttpFailure,
  HttpResponse,
} from '#core/connectors/_kit/operation.ts'
import type { ClockWatch } from '#main/http/clock-watch.ts'
import { watchConnection } from '#main/http/connection-watch.ts'

/** A request that is ready to go: its host was checked and its session added. */
export interface ReadyRequest {
  /** For traces. */
  name: string
  method: string
  /** Absolute. */
  url: string
  headers: Readonly<Record<string, string>>
  json?: unknown
  form?: Readonly<Record<string, string>>
  timeoutMs: number
  /** A read may be sent twice; see below. */
  effect: Effect
  /** What is answered is a file packed with gzip. */
  gunzip?: true
}

export type HttpExecutor = (request: ReadyRequest, signal: AbortSignal) => Promise<HttpResponse>

export interface HttpExecutorOptions {
  /** Largest answer that is read, in bytes after decompression. */
  maxAnswerBytes?: number
  maxRequestBytes?: number
  /** No request takes longer, whatever it asks for. */
  maxTimeoutMs?: number
  keepAlive?: boolean
  /** More certificates to trust, e.g. of a test server; PEM. */
  ca?: string | undefined
  userAgent?: string
  now?: () => number
  /** Hears of the time that every answer says it is. */
  clock?: ClockWatch
}

const MIB = 1024 * 1024

/**
 * The only user of axios. Follows no redirect (a redirect would carry the session to another host), uses no proxy from
 * the environment, reads a bounded answer within a bounded time, and never throws for what the world does.
 */
export function createHttpExecutor(options: HttpExecutorOptions = {}): HttpExecutor {
  const {
    maxAnswerBytes = 20 * MIB,
    maxRequestBytes = 5 * MIB,
    maxTimeoutMs = 120_000,
    now = Date.now,
  } = options
  const keepAlive = options.keepAlive ?? true
  const httpAgent = new http.Agent({ keepAlive })
  const httpsAgent = new https.Agent({ keepAlive, minVersion: 'TLSv1.2', ca: options.ca })
  const client = axios.create({
    adapter: 'http',
    proxy: false,
    maxRedirects: 0,
    maxContentLength: maxAnswerBytes,
    maxBodyLength: maxRequestBytes,
    responseType: 'text',
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
    httpAgent,
    httpsAgent,
  })

  const sendOnce = async (request: ReadyRequest, signal: AbortSignal): Promise<Attempt> => {
    const watch = watchConnection(request.url.startsWith('https:'))
    const deadline = AbortSignal.timeout(Math.min(request.timeoutMs, maxTimeoutMs))
    const either = eitherOf(signal, deadline)
    const body = bodyOf(request)
    try {
      const response = await client.request<unknown>({
        method: request.method,
        url: request.url,
        headers: {
          'user-agent': options.userAgent ?? 'Caravel',
          ...request.headers,
          ...body.headers,
        },
        data: body.data,
        responseType: request.gunzip === true ? 'arraybuffer' : 'text',
        signal: either.signal,
        transport: watch.transport,
      })
      const answer = toAnswer(response, now(), request.gunzip === true ? maxAnswerBytes : null)
      options.clock?.note(new URL(request.url).host, answer.headers, answer.receivedAt)
      return { response: answer, stale: false }
    } catch (error) {
      const reason = deadline.aborted && !signal.aborted ? 'timeout' : reasonOf(error)
      return { response: toFailure(error, reason, watch.opened), stale: watch.reused && reason === 'cut-off' }
    } finally {
      either.release()
    }
  }

  return async (request, signal) => {
    const first = await sendOnce(request, signal)
    // A kept-alive connection the server had closed meanwhile says nothing about the line: reads try a new one.
    if (!first.stale || request.effect === 'write' || signal.aborted) return first.response
    return (await sendOnce(request, signal)).response
  }
}

function bodyOf({ json, form }: ReadyRequest): { headers: Record<string, string>; data?: string } {
  if (form !== undefined)
    return {
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
      data: new URLSearchParams(form).toString(),
    }
  if (json === undefined) return { headers: {} }
  return { headers: { 'content-type': 'application/json' }, data: JSON.stringify(json) }
}

/** `AbortSignal.any`, which the oldest Electron we run on (25, Node 18.15) does not have. */
function eitherOf(one: AbortSignal, other: AbortSignal): { signal: AbortSignal; release: () => void } {
  const both = new AbortController()
  const released = new AbortController()
  for (const signal of [one, other]) {
    if (signal.aborted) both.abort(signal.reason)
    else
      signal.addEventListener('abort', () => both.abort(signal.reason), {
        once: true,
        signal: released.signal,
      })
  }
  return { signal: both.signal, release: () => released.abort() }
}

interface Attempt {
  response: HttpResponse
  stale: boolean
}

/** `unpackTo`: the most bytes that a packed answer may become; null where none is packed. Throws where it does not unpack. */
function toAnswer(response: AxiosResponse<unknown>, receivedAt: number, unpackTo: number | null): HttpAnswer {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(response.headers)) {
    if (typeof value === 'string') headers[name.toLowerCase()] = value
    else if (Array.isArray(value)) headers[name.toLowerCase()] = value.join(', ')
  }
  const text = unpackTo === null ? response.data : unpack(response.data, unpackTo)
  return {
    kind: 'answer',
    status: response.status,
    headers,
    text: typeof text === 'string' ? text : '',
    receivedAt,
  }
}

/** A refusal comes as plain text all the same. */
function unpack(data: unknown, maxOutputLength: number): string {
  if (!Buffer.isBuffer(data)) return ''
  const isPacked = data[0] === 0x1f && data[1] === 0x8b
  return (isPacked ? gunzipSync(data, { maxOutputLength }) : data).toString('utf8')
}

const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
])

function reasonOf(error: unknown): FailureReason {
  if (!(error instanceof AxiosError)) return 'cut-off'
  const code = error.code ?? ''
  if (code === AxiosError.ERR_CANCELED) return 'aborted'
  if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') return 'timeout'
  if (NO_CONNECTION.has(code)) return 'no-connection'
  if (/CERT|TLS|SSL|SELF_SIGNED|EPROTO|UNABLE_TO/.test(code)) return 'tls'
  if (/maxContentLength|maxBodyLength/.test(error.message)) return 'too-large'
  return 'cut-off'
}

function toFailure(error: unknown, reason: FailureReason, opened: boolean): HttpFailure {
  const message = error instanceof Error ? error.message.slice(0, 500) : 'unknown failure'
  // Too large a request is refused before it is written.
  const kept = reason === 'too-large' && /maxBodyLength|request body/i.test(message)
  const lost = opened && !kept
  const reached = reason === 'cut-off' && !opened ? 'no-connection' : reason
  return { kind: 'failure', sent: lost ? 'unknown' : 'not-sent', reason: reached, message }
}
