import { Buffer } from 'node:buffer'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { maskHeaders, maskPath } from './fault-proxy-mask.ts'
import type { Fault } from './fault.ts'
import { inventAnswer, readBody, readOperation } from './fault-proxy-wire.ts'
import { forwardRequest, TargetUnreachable, type TargetAnswer } from './fault-proxy-forward.ts'

/** What a rule sees of a request. `body` is the text as sent; `operation` is the GraphQL operation or root field. */
export type ProxyRequest = { method: string; path: string; body: string; operation: string | null }

/** `times`: how many matching requests it hits. One when absent; `Infinity` until cancelled or cleared. */
export type FaultRule = { match?: (request: ProxyRequest) => boolean; times?: number; fault: Fault }

export type ProxyOutcome = 'pending' | 'answered' | 'dropped' | 'aborted' | 'target-unreachable'

export type ProxyLogEntry = {
  seq: number
  /** Milliseconds since 1970, when the whole request had arrived. */
  at: number
  method: string
  /** With secret query values masked. */
  path: string
  operation: string | null
  /** Lower-case names; secrets are masked. Bodies are not kept: logins are among them. */
  headers: Record<string, string>
  fault: Fault['kind'] | null
  /** One status per time the target answered: [] when it never did, two after `duplicate`. */
  targetStatuses: number[]
  /** What the client was told, or null when it got no whole answer. */
  clientStatus: number | null
  outcome: ProxyOutcome
}

export type PlannedFault = { hits: () => number; cancel: () => void }

export type FaultProxy = {
  baseUrl: string
  port: number
  log: ProxyLogEntry[]
  /** `reset` (default): connections are accepted and reset at once. `refuse`: the port stops listening. */
  cut: (mode?: 'reset' | 'refuse') => Promise<void>
  heal: () => Promise<void>
  plan: (rule: FaultRule) => PlannedFault
  /** Forgets rules and log entries; does not heal. */
  clear: () => void
  /** Entries the target really worked on, by GraphQL operation: for counting effects. */
  effects: (operation: string) => number
  stop: () => Promise<void>
}

type Rule = { rule: FaultRule; left: number; hits: number }
type Exchange = { entry: ProxyLogEntry; body: Buffer; request: IncomingMessage; response: ServerResponse }

/** An HTTP reverse proxy on 127.0.0.1 that misbehaves as planned. Works for any HTTP target; tests only. */
export async function startFaultProxy(target: string, options: { port?: number } = {}): Promise<FaultProxy> {
  const targetUrl = new URL(target)
  const log: ProxyLogEntry[] = []
  let rules: Rule[] = []
  let mode: 'open' | 'reset' | 'refuse' = 'open'
  let seq = 0
  const sockets = new Set<Socket>()
  const stopping = new AbortController()

  const server = createServer((request, response) => {
    void handle(request, response).catch(() => breakConnection(response))
  })
  server.on('connection', (socket: Socket) => {
    if (mode !== 'open') {
      socket.resetAndDestroy()
      return
    }
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
  })

  await listen(options.port ?? 0)
  const port = (server.address() as AddressInfo).port

  function listen(on: number): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(on, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  }

  function closePort(): Promise<void> {
    return new Promise((resolve) => {
      if (server.listening) server.close(() => resolve())
      else resolve()
      resetSockets()
    })
  }

  function resetSockets(): void {
    for (const socket of sockets) socket.resetAndDestroy()
    sockets.clear()
  }

  function takeRule(seen: ProxyRequest): Rule | undefined {
    const found = rules.find((each) => each.left > 0 && (each.rule.match?.(seen) ?? true))
    if (found) {
      found.left -= 1
      found.hits += 1
    }
    return found
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    const text = body.toString('utf8')
    const path = request.url ?? '/'
    const operation = readOperation(text)
    const seen: ProxyRequest = { method: request.method ?? 'GET', path, body: text, operation }
    const fault = takeRule(seen)?.rule.fault
    const entry: ProxyLogEntry = {
      seq: (seq += 1),
      at: Date.now(),
      method: seen.method,
      path: maskPath(path),
      operation,
      headers: maskHeaders(request.headers),
      fault: fault?.kind ?? null,
      targetStatuses: [],
      clientStatus: null,
      outcome: 'pending',
    }
    log.push(entry)
    const exchange: Exchange = { entry, body, request, response }
    response.once('close', () => {
      if (entry.outcome === 'pending' && !response.writableFinished) entry.outcome = 'aborted'
    })
    try {
      await applyFault(exchange, fault)
    } catch (error) {
      if (!(error instanceof TargetUnreachable)) throw error
      entry.outcome = 'target-unreachable'
      breakConnection(response)
    }
  }

  async function applyFault(exchange: Exchange, fault: Fault | undefined): Promise<void> {
    switch (fault?.kind) {
      case undefined:
        return answer(exchange, await forward(exchange))
      case 'delay':
        return delayed(exchange, fault)
      case 'drop-request':
        return drop(exchange)
      case 'drop-answer':
        await forward(exchange)
        return drop(exchange)
      case 'status':
        if (fault.forward) await forward(exchange)
        return answer(exchange, inventAnswer(fault))
      case 'truncate':
        return truncate(exchange, await forward(exchange), fault.end ?? 'clean')
      case 'alter': {
        const got = await forward(exchange)
        return answer(exchange, {
          ...got,
          body: Buffer.from(fault.change(got.body.toString('utf8')), 'utf8'),
        })
      }
      case 'duplicate': {
        const first = await forward(exchange)
        const second = await forward(exchange)
        return answer(exchange, fault.answer === 'first' ? first : second)
      }
    }
  }

  async function delayed(exchange: Exchange, fault: Extract<Fault, { kind: 'delay' }>): Promise<void> {
    if (fault.on === 'answer') {
      const got = await forward(exchange)
      await pause(fault.ms, stopping.signal)
      return answer(exchange, got)
    }
    await pause(fault.ms, stopping.signal)
    // A client that gave up while the request was on its way: nobody delivers it any more.
    if (exchange.response.destroyed) return
    return answer(exchange, await forward(exchange))
  }

  async function forward({ entry, body, request }: Exchange): Promise<TargetAnswer> {
    const got = await forwardRequest(targetUrl, request, body)
    entry.targetStatuses.push(got.status)
    return got
  }

  return {
    baseUrl: `http://127.0.0.1:${port}`,
    port,
    log,
    async cut(how = 'reset') {
      mode = how
      if (how === 'refuse') await closePort()
      else resetSockets()
    },
    async heal() {
      mode = 'open'
      if (!server.listening) await listen(port)
    },
    plan(rule) {
      const planned: Rule = { rule, left: rule.times ?? 1, hits: 0 }
      rules.push(planned)
      return { hits: () => planned.hits, cancel: () => void (planned.left = 0) }
    },
    clear() {
      rules = []
      log.length = 0
    },
    effects: (operation) =>
      log
        .filter((entry) => entry.operation === operation)
        .reduce((sum, entry) => sum + entry.targetStatuses.length, 0),
    async stop() {
      stopping.abort()
      await closePort()
    },
  }
}

function answer({ entry, response }: Exchange, got: TargetAnswer): void {
  if (response.destroyed) return
  response.writeHead(got.status, { ...got.headers, 'content-length': got.body.length })
  entry.clientStatus = got.status
  entry.outcome = 'answered'
  response.end(got.body)
}

function drop({ entry, response }: Exchange): void {
  if (entry.outcome === 'pending') entry.outcome = 'dropped'
  breakConnection(response)
}

function truncate(exchange: Exchange, got: TargetAnswer, end: 'clean' | 'abort'): void {
  const half = got.body.subarray(0, Math.floor(got.body.length / 2))
  if (end === 'clean') return answer(exchange, { ...got, body: half })
  const { entry, response } = exchange
  if (response.destroyed) return
  entry.outcome = 'dropped'
  response.writeHead(got.status, { ...got.headers, 'content-length': got.body.length })
  response.write(half, () => response.destroy())
}

function breakConnection(response: ServerResponse): void {
  response.socket?.resetAndDestroy()
  response.destroy()
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
  })
}
