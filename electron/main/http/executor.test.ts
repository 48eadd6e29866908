import { createServer, type Server, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpExecutor, type ReadyRequest } from '#main/http/executor.ts'

const never = new AbortController().signal
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const request = (url: string, over: Partial<ReadyRequest> = {}): ReadyRequest => ({
  name: 'Test',
  method: 'POST',
  url,
  headers: {},
  json: { a: 'ü' },
  timeoutMs: 5_000,
  effect: 'write',
  ...over,
})

describe('the HTTP executor', () => {
  it('sends JSON and reads text, also compressed, whatever the status', async () => {
    const url = await serve((incoming, response) => {
      let body = ''
      incoming.on('data', (part) => (body += String(part)))
      incoming.on('end', () => {
        response.writeHead(418, { 'content-encoding': 'gzip', 'x-seen': incoming.headers['content-type'] })
        response.end(gzipSync(body))
      })
    })
    const answer = await createHttpExecutor()(request(url), never)
    expect(answer).toMatchObject({
      kind: 'answer',
      status: 418,
      text: '{"a":"ü"}',
      headers: { 'x-seen': 'application/json' },
    })
  })

  it('sends a form, each value escaped', async () => {
    const url = await serve((incoming, response) => {
      let body = ''
      incoming.on('data', (part) => (body += String(part)))
      incoming.on('end', () => response.end(`${incoming.headers['content-type']} ${body}`))
    })
    const bare = {
      name: 'Token',
      method: 'POST',
      url,
      headers: {},
      timeoutMs: 5_000,
      effect: 'read' as const,
    }
    const answer = await createHttpExecutor()(
      { ...bare, form: { grant_type: 'refresh_token', key: 'Atzr|a+b&c=ü' } },
      never,
    )
    expect(answer).toMatchObject({
      text: 'application/x-www-form-urlencoded;charset=UTF-8 grant_type=refresh_token&key=Atzr%7Ca%2Bb%26c%3D%C3%BC',
    })
  })

  it('follows no redirect and uses no proxy from the environment', async () => {
    let hits = 0
    const other = await serve((_incoming, response) => {
      hits += 1
      response.end('stolen')
    })
    const url = await serve((_incoming, response) => response.writeHead(302, { location: other }).end())
    process.env['http_proxy'] = other
    try {
      expect(await createHttpExecutor()(request(url), never)).toMatchObject({ kind: 'answer', status: 302 })
    } finally {
      delete process.env['http_proxy']
    }
    expect(hits).toBe(0)
  })

  it('knows that nothing left when there is nobody', async () => {
    const url = await serve((_incoming, response) => response.end())
    closing.splice(0).forEach((close) => close())
    const failure = { kind: 'failure', sent: 'not-sent', reason: 'no-connection' }
    expect(await createHttpExecutor()(request(url), never)).toMatchObject(failure)
    expect(await createHttpExecutor()(request('http://no-such-host.invalid/'), never)).toMatchObject(failure)
  })

  it('does not know when the line breaks after it was sent', async () => {
    const reset = await serve((incoming) => incoming.socket.destroy())
    expect(await createHttpExecutor()(request(reset), never)).toMatchObject({
      sent: 'unknown',
      reason: 'cut-off',
    })
    const half = await serve((_incoming, response) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('half', () => response.destroy())
    })
    expect(await createHttpExecutor()(request(half), never)).toMatchObject({
      sent: 'unknown',
      reason: 'cut-off',
    })
  })

  it('gives up in time, also when the answer drips', async () => {
    const url = await serve((_incoming, response) => {
      const timer = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(timer))
    })
    const started = Date.now()
    const failure = await createHttpExecutor()(request(url, { timeoutMs: 200 }), never)
    expect(failure).toMatchObject({ kind: 'failure', sent: 'unknown', reason: 'timeout' })
    expect(Date.now() - started).toBeLessThan(2_000)
  })

  it('stops when told to', async () => {
    const url = await serve(() => undefined)
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)
    expect(await createHttpExecutor()(request(url), stop.signal)).toMatchObject({
      sent: 'unknown',
      reason: 'aborted',
    })
    const before = await createHttpExecutor()(request(url), stop.signal)
    expect(before).toMatchObject({ kind: 'failure', sent: 'not-sent', reason: 'aborted' })
  })

  it('reads no more than it may, unpacked size counted', async () => {
    const bomb = gzipSync(Buffer.alloc(4_000_000))
    const url = await serve((_incoming, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    )
    const execute = createHttpExecutor({ maxAnswerBytes: 1_000_000, maxRequestBytes: 1_000 })
    expect(await execute(request(url), never)).toMatchObject({
      kind: 'failure',
      sent: 'unknown',
      reason: 'too-large',
    })
    const large = request(url, { json: 'x'.repeat(5_000) })
    expect(await execute(large, never)).toMatchObject({
      kind: 'failure',
      sent: 'not-sent',
      reason: 'too-large',
    })
  })

  it('knows that nothing left when the handshake fails', async () => {
    const server = createTcpServer((socket) => socket.end('not TLS'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => server.close())
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
    expect(await createHttpExecutor()(request(url), never)).toMatchObject({
      kind: 'failure',
      sent: 'not-sent',
      reason: 'tls',
    })
  })

  it('tries a read again over a new connection when the kept one had been closed, a write never', async () => {
    let connections = 0
    const answered = new WeakSet<object>()
    // Hangs up at the second request of a connection, as a server does whose patience just ran out.
    const server = createServer(({ socket }, response) => {
      if (answered.has(socket)) return void socket.resetAndDestroy()
      answered.add(socket)
      response.end('ok')
    })
    server.on('connection', () => void (connections += 1))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const execute = createHttpExecutor()
    const read = request(url, { method: 'GET', json: undefined, effect: 'read' })
    await execute(read, never)
    expect(await execute(read, never)).toMatchObject({ kind: 'answer', text: 'ok' })
    expect(connections).toBe(2)
    expect(await execute({ ...read, effect: 'write' }, never)).toMatchObject({
      kind: 'failure',
      sent: 'unknown',
    })
    server.closeAllConnections()
  })
})
