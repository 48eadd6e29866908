import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts'
import { readOperation } from './fault-proxy-wire.ts'

/** A target that counts what it committed. */
let target: Server
let targetUrl = ''
let committed: string[] = []
let proxy: FaultProxy

beforeAll(async () => {
  target = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')))
    request.on('end', () => {
      committed.push(body)
      response.writeHead(200, {
        'content-type': 'application/json',
        'x-target': 'yes',
        'set-cookie': ['a=1', 'b=2'],
      })
      response.end(
        JSON.stringify({
          count: committed.length,
          path: request.url,
          host: request.headers.host,
          text: 'Привіт 東京',
        }),
      )
    })
  })
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve))
  targetUrl = `http://127.0.0.1:${(target.address() as AddressInfo).port}/base`
})

afterAll(() => {
  target.closeAllConnections()
  target.close()
})

beforeEach(async () => {
  committed = []
  proxy = await startFaultProxy(targetUrl)
})

afterEach(() => proxy.stop())

function send(
  body: object = { query: 'mutation Push { a }' },
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${proxy.baseUrl}/api?sign=abc&take=5`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

describe('fault proxy', () => {
  it('passes requests and answers through unchanged', async () => {
    const response = await send()
    expect(response.headers.get('x-target')).toBe('yes')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(await response.json()).toEqual({
      count: 1,
      path: '/base/api?sign=abc&take=5',
      host: new URL(targetUrl).host,
      text: 'Привіт 東京',
    })
    expect(committed).toEqual(['{"query":"mutation Push { a }"}'])
  })

  it('logs without secrets', async () => {
    await send(
      { query: 'mutation Login($p: String!) { login }', variables: { p: 'hunter2' } },
      { authorization: 'Bearer s3cret', cookie: 'x=s3cret', 'x-amz-access-token': 's3cret' },
    )
    const [entry] = proxy.log
    expect(entry).toMatchObject({
      seq: 1,
      method: 'POST',
      path: '/api?sign=***&take=5',
      operation: 'Login',
      fault: null,
      targetStatuses: [200],
      clientStatus: 200,
      outcome: 'answered',
    })
    expect(entry?.headers).toMatchObject({ authorization: '***', cookie: '***', 'x-amz-access-token': '***' })
    expect(JSON.stringify(proxy.log)).not.toMatch(/s3cret|hunter2|abc/)
  })

  it('drops a request before the target hears of it', async () => {
    proxy.plan({ fault: { kind: 'drop-request' } })
    await expect(send()).rejects.toThrow()
    expect(committed).toHaveLength(0)
    expect(proxy.log[0]).toMatchObject({
      fault: 'drop-request',
      targetStatuses: [],
      clientStatus: null,
      outcome: 'dropped',
    })
    expect((await send()).status).toBe(200)
  })

  it('drops an answer after the target committed', async () => {
    proxy.plan({ fault: { kind: 'drop-answer' } })
    await expect(send()).rejects.toThrow()
    expect(committed).toHaveLength(1)
    expect(proxy.log[0]).toMatchObject({ fault: 'drop-answer', targetStatuses: [200], outcome: 'dropped' })
    expect(proxy.effects('Push')).toBe(1)
  })

  it('answers with a status of its own, and Retry-After', async () => {
    proxy.plan({
      times: 2,
      fault: { kind: 'status', status: 429, retryAfter: 3, body: { errors: [{ message: 'slow' }] } },
    })
    const first = await send()
    expect(first.status).toBe(429)
    expect(first.headers.get('retry-after')).toBe('3')
    expect(await first.json()).toEqual({ errors: [{ message: 'slow' }] })
    expect((await send()).status).toBe(429)
    expect((await send()).status).toBe(200)
    expect(committed).toHaveLength(1)
  })

  it('can lie: 500 although the target committed', async () => {
    proxy.plan({ fault: { kind: 'status', status: 500, forward: true } })
    expect((await send()).status).toBe(500)
    expect(committed).toHaveLength(1)
    expect(proxy.log[0]).toMatchObject({ targetStatuses: [200], clientStatus: 500 })
  })

  it('truncates the JSON cleanly, or in mid-body', async () => {
    proxy.plan({ fault: { kind: 'truncate' } })
    const clean = await send()
    expect(clean.status).toBe(200)
    await expect(clean.json()).rejects.toThrow(SyntaxError)
    proxy.plan({ fault: { kind: 'truncate', end: 'abort' } })
    await expect(send().then((response) => response.text())).rejects.toThrow()
    expect(committed).toHaveLength(2)
  })

  it('sends a duplicate and answers with either', async () => {
    proxy.plan({ fault: { kind: 'duplicate' } })
    expect(await (await send()).json()).toMatchObject({ count: 2 })
    proxy.plan({ fault: { kind: 'duplicate', answer: 'first' } })
    expect(await (await send()).json()).toMatchObject({ count: 3 })
    expect(committed).toHaveLength(4)
    expect(proxy.effects('Push')).toBe(4)
  })

  it('delays the request: a client that gave up has no effect', async () => {
    proxy.plan({ fault: { kind: 'delay', ms: 200 } })
    await expect(fetch(proxy.baseUrl, { signal: AbortSignal.timeout(50) })).rejects.toThrow()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(committed).toHaveLength(0)
    expect(proxy.log[0]).toMatchObject({ fault: 'delay', outcome: 'aborted', targetStatuses: [] })
  })

  it('delays the answer: a client that gave up has had its effect', async () => {
    proxy.plan({ fault: { kind: 'delay', ms: 200, on: 'answer' } })
    await expect(fetch(proxy.baseUrl, { signal: AbortSignal.timeout(100) })).rejects.toThrow()
    expect(committed).toHaveLength(1)
    expect(proxy.log[0]).toMatchObject({ targetStatuses: [200] })
  })

  it('applies rules in order, to what they match, until used up or cancelled', async () => {
    const never = proxy.plan({
      match: ({ operation }) => operation === 'Other',
      fault: { kind: 'drop-request' },
    })
    const always = proxy.plan({
      match: ({ method, path, body }) =>
        method === 'POST' && path.startsWith('/api') && body.includes('Push'),
      times: Infinity,
      fault: { kind: 'status', status: 503 },
    })
    expect((await send()).status).toBe(503)
    expect((await send()).status).toBe(503)
    expect([never.hits(), always.hits()]).toEqual([0, 2])
    always.cancel()
    expect((await send()).status).toBe(200)
    proxy.plan({ fault: { kind: 'drop-request' } })
    proxy.clear()
    expect(proxy.log).toHaveLength(0)
    expect((await send()).status).toBe(200)
  })

  it('cuts by resetting, heals, and keeps its address', async () => {
    await send()
    await proxy.cut()
    await expect(send()).rejects.toMatchObject({
      cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) },
    })
    await proxy.heal()
    expect((await send()).status).toBe(200)
    expect(committed).toHaveLength(2)
  })

  it('cuts by refusing, heals, and keeps its address', async () => {
    await proxy.cut('refuse')
    await expect(send()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    await proxy.heal()
    expect((await send()).status).toBe(200)
  })

  it('breaks a request that was under way when the line was cut', async () => {
    proxy.plan({ fault: { kind: 'delay', ms: 5_000, on: 'answer' } })
    const under = send()
    under.catch(() => undefined)
    await expect.poll(() => proxy.log[0]?.targetStatuses.length ?? 0).toBe(1)
    await proxy.cut()
    await expect(under).rejects.toThrow()
    expect(committed).toHaveLength(1)
    await expect.poll(() => proxy.log[0]?.outcome).toBe('aborted')
  })

  it('looks like a dead line when the target is gone', async () => {
    const gone = await startFaultProxy('http://127.0.0.1:9')
    await expect(fetch(gone.baseUrl)).rejects.toThrow()
    expect(gone.log[0]).toMatchObject({ outcome: 'target-unreachable', targetStatuses: [] })
    await gone.stop()
  })
})

describe('readOperation', () => {
  it.each([
    ['{"operationName":"A","query":"query B { c }"}', 'A'],
    ['{"query":"query Orders($o: X) { orders { id } }"}', 'Orders'],
    ['{"query":"mutation($i: X!) { addFulfillmentToOrder(input: $i) { id } }"}', 'addFulfillmentToOrder'],
    ['{"query":"{ alias: orders { id } }"}', 'orders'],
    ['{"other":1}', null],
    ['{broken', null],
    ['a=b', null],
    ['', null],
  ])('%s → %s', (body, operation) => {
    expect(readOperation(body)).toBe(operation)
  })
})
