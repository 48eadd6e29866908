import { describe, expect, it } from 'vitest'
import type { ConnectionId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { Priority } from '#core/sync/priority.ts'
import type { Connector } from '#core/connectors/_kit/connector.ts'
import type { HttpAnswer, HttpResponse, Operation } from '#core/connectors/_kit/operation.ts'
import { createOneAtATime } from '#main/connectors/one-at-a-time.ts'
import { createRateLimiter } from '#main/connectors/rate-limiter.ts'
import { resolveTarget } from '#main/connectors/request-target.ts'
import { createConnectorRuntime, type RuntimePorts } from '#main/connectors/runtime.ts'
import { plainUrl, redact } from '#main/connectors/trace.ts'
import type { ReadyRequest } from '#main/http/executor.ts'
import { vendure } from '#core/connectors/vendure/index.ts'

const id = 'c1' as ConnectionId
const never = new AbortController().signal

const answer = (body: unknown, over: Partial<HttpAnswer> = {}): HttpAnswer => ({
  kind: 'answer',
  status: 200,
  headers: {},
  text: JSON.stringify(body),
  receivedAt: 0,
  ...over,
})

const testOk = answer({
  data: { me: { identifier: 'seller' }, activeChannel: { code: 'eu' }, orders: { totalItems: 3 } },
})
const emptyPage = answer({ data: { orders: { items: [] } } })
const pull = { checkpoint: null, pageToken: null, pageSize: 10 }

function makeRuntime(
  respond: (name: string, request: ReadyRequest) => HttpResponse,
  over: Partial<RuntimePorts> = {},
) {
  const sent: ReadyRequest[] = []
  let logins = 0
  let secretsRead = 0
  const runtime = createConnectorRuntime({
    execute: async (request) => {
      sent.push(request)
      const { operationName } = request.json as { operationName: string }
      if (operationName !== 'Login') return respond(operationName, request)
      logins += 1
      return answer(
        { data: { login: { id: '1' } } },
        { headers: { 'vendure-auth-token': `token-${logins}` } },
      )
    },
    credentials: {
      settingsOf: async () =>
        ok({ connectorId: 'vendure', settings: { baseUrl: 'https://shop.example.com', username: 'seller' } }),
      secretsOf: async () => {
        secretsRead += 1
        return ok({ password: 'open sesame' })
      },
    },
    now: Date.now,
    sleep: async () => undefined,
    ...over,
  })
  return { runtime, sent, logins: () => logins, secretsRead: () => secretsRead }
}

describe('the runtime', () => {
  it('reads secrets only to sign in, and shows them to no operation', async () => {
    const made = makeRuntime((name) => (name === 'TestConnection' ? testOk : emptyPage))
    expect(await made.runtime.run(id, 'test-connection', {})).toEqual({
      ok: true,
      value: { accountName: 'eu · seller', apiVersion: '3.7' },
    })
    await made.runtime.run(id, 'pull-orders', pull)
    await made.runtime.run(id, 'pull-orders', pull)
    expect(made.secretsRead()).toBe(1)
    expect(made.sent.map(({ headers }) => headers['authorization'])).toEqual([
      undefined,
      ...Array(3).fill('Bearer token-1'),
    ])
  })

  it('signs in anew to test a connection, and when it was forgotten', async () => {
    const made = makeRuntime((name) => (name === 'TestConnection' ? testOk : emptyPage))
    await made.runtime.run(id, 'pull-orders', pull)
    await made.runtime.run(id, 'test-connection', {})
    made.runtime.forget(id)
    await made.runtime.run(id, 'pull-orders', pull)
    expect(made.logins()).toBe(3)
  })

  it('passes on why there are no credentials', async () => {
    const locked = err(issue('auth', { reason: 'vault-locked' }))
    const made = makeRuntime(() => emptyPage, {
      credentials: { settingsOf: async () => locked, secretsOf: async () => locked },
    })
    expect(await made.runtime.run(id, 'pull-orders', pull)).toEqual(locked)
    expect(made.sent).toEqual([])
  })

  it('refuses input and output that break the contract', async () => {
    const made = makeRuntime(() => emptyPage)
    const bad = await made.runtime.run(id, 'pull-orders', { ...pull, pageSize: 0 })
    expect(bad).toMatchObject({ ok: false, error: { code: 'invalid-input', reason: 'contract' } })
    const lying = function* () {
      return ok({ accountName: 5, apiVersion: '1' })
    } as unknown as Operation<never, never>
    const connector = { ...vendure, operations: { 'test-connection': lying } } as unknown as Connector
    const odd = makeRuntime(() => emptyPage, { findConnector: () => connector })
    expect(await odd.runtime.run(id, 'test-connection', {})).toMatchObject({
      error: { code: 'malformed', reason: 'contract' },
    })
    expect(await odd.runtime.run(id, 'pull-orders', pull)).toMatchObject({ error: { code: 'unsupported' } })
  })

  it('sends no session to a host the connection does not have', async () => {
    const stray = function* () {
      yield {
        method: 'GET',
        url: 'https://evil.example/',
        headers: {},
        effect: 'read',
        timeoutMs: 1,
        name: 'x',
      }
    } as unknown as Operation<never, never>
    const connector = { ...vendure, operations: { 'test-connection': stray } } as unknown as Connector
    const made = makeRuntime(() => emptyPage, { findConnector: () => connector })
    await expect(made.runtime.run(id, 'test-connection', {})).rejects.toThrow('evil.example')
    expect(made.sent.every(({ url }) => url.startsWith('https://shop.example.com/'))).toBe(true)
  })

  it('sends no session where the connector says so', async () => {
    const request = { method: 'PUT' as const, headers: {}, effect: 'read' as const, timeoutMs: 1 }
    const both = function* () {
      yield { ...request, url: '/a', name: 'TestConnection' }
      yield { ...request, url: '/b', name: 'TestConnection', session: false as const }
      return ok({ accountName: 'a', apiVersion: '1' })
    } as unknown as Operation<never, never>
    const connector = { ...vendure, operations: { 'test-connection': both } } as unknown as Connector
    const sent: ReadyRequest[] = []
    const made = makeRuntime(() => testOk, {
      findConnector: () => connector,
      execute: async (each) => {
        sent.push(each)
        return each.url.endsWith('/admin-api')
          ? answer({ data: { login: { id: '1' } } }, { headers: { 'vendure-auth-token': 'token' } })
          : testOk
      },
    })
    expect(await made.runtime.run(id, 'test-connection', {})).toMatchObject({ ok: true })
    expect(sent.map(({ headers }) => headers['authorization'])).toEqual([
      undefined,
      'Bearer token',
      undefined,
    ])
  })

  it('tells operations the time by the clock of the remotes, as far as it is known', async () => {
    const told: number[] = []
    const work = function* (_input: unknown, { now }: { now: number }) {
      told.push(now)
      return ok({ accountName: 'a', apiVersion: '1' })
    } as unknown as Operation<never, never>
    const connector = { ...vendure, operations: { 'test-connection': work } } as unknown as Connector
    let ahead: number | null = null
    const made = makeRuntime(() => testOk, {
      ...{ findConnector: () => connector, now: () => 1_000_000, clockOffMs: () => ahead },
    })
    await made.runtime.run(id, 'test-connection', {})
    ahead = 300_000
    await made.runtime.run(id, 'test-connection', {})
    expect(told).toEqual([1_000_000, 700_000])
  })

  it('keeps what the remote put in place of a secret, before anything is asked with it', async () => {
    const kept: unknown[] = []
    const request = { method: 'GET' as const, headers: {}, effect: 'read' as const, timeoutMs: 1 }
    const work = function* () {
      yield { ...request, url: '/a', name: 'TestConnection' }
      return ok({ accountName: 'a', apiVersion: '1' })
    } as unknown as Operation<never, never>
    const session = {
      *signIn() {
        return ok({ headers: {}, renewed: { refreshToken: 'second' } })
      },
      isRefused: () => false,
    } as Connector['session']
    const connector = {
      ...{ ...vendure, session, operations: { 'test-connection': work } },
    } as unknown as Connector
    const credentials = {
      settingsOf: async () =>
        ok({ connectorId: 'vendure', settings: { baseUrl: 'https://a.example', username: 'x' } }),
      secretsOf: async () => ok({ refreshToken: 'first' }),
      keepSecrets: async (_id: ConnectionId, renewed: unknown) => ok(kept.push(renewed)),
    }
    const made = makeRuntime(() => testOk, {
      findConnector: () => connector,
      credentials,
      execute: async () => {
        expect(kept).toEqual([{ refreshToken: 'second' }])
        return testOk
      },
    })
    expect(await made.runtime.run(id, 'test-connection', {})).toMatchObject({ ok: true })
    const full = {
      ...credentials,
      keepSecrets: async () => err(issue('remote-down', { reason: 'vault-locked' })),
    }
    const failing = makeRuntime(() => testOk, { findConnector: () => connector, credentials: full })
    expect(await failing.runtime.run(id, 'test-connection', {})).toMatchObject({
      error: { reason: 'vault-locked' },
    })
    expect(failing.sent).toEqual([])
  })

  it('is cancelled before anything is sent', async () => {
    const stop = new AbortController()
    stop.abort()
    const made = makeRuntime(() => emptyPage)
    expect(await made.runtime.run(id, 'pull-orders', pull, { signal: stop.signal })).toMatchObject({
      error: { code: 'cancelled' },
    })
    expect(made.sent).toEqual([])
  })
})

describe('an operation that is stopped after it wrote', () => {
  const request = { method: 'POST' as const, url: '/admin-api', headers: {}, timeoutMs: 1 }
  const writing = (effects: readonly ('read' | 'write')[]) => {
    const work = function* () {
      for (const effect of effects)
        yield { ...request, json: { operationName: effect }, effect, name: effect }
      return ok({ accountName: 'Shop', apiVersion: '1' })
    } as unknown as Operation<never, never>
    return { ...vendure, operations: { 'test-connection': work } } as unknown as Connector
  }
  const refusedSession = answer({ errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }] })

  /** The session ends at the last request, and nobody can sign in again. */
  async function runInto(effects: readonly ('read' | 'write')[], first: HttpResponse = answer({ data: {} })) {
    let asked = 0
    const made = makeRuntime(() => (++asked < effects.length ? first : refusedSession), {
      findConnector: () => writing(effects),
      credentials: {
        settingsOf: async () =>
          ok({
            connectorId: 'vendure',
            settings: { baseUrl: 'https://shop.example.com', username: 'seller' },
          }),
        secretsOf: async () => (asked === 0 ? ok({ password: 'x' }) : err(issue('auth', { reason: 'gone' }))),
      },
    })
    return made.runtime.run(id, 'test-connection', {})
  }

  it('may have done what it was to do', async () => {
    expect(await runInto(['read', 'write', 'read'])).toMatchObject({
      error: { code: 'outcome-unknown', reason: 'not-read-back', remoteCode: 'auth' },
    })
  })

  it('has done nothing before that, nor while what it wrote never left', async () => {
    const kept = { kind: 'failure', sent: 'not-sent', reason: 'no-connection', message: '' } as const
    expect(await runInto(['read', 'read'])).toMatchObject({ error: { code: 'auth', reason: 'gone' } })
    expect(await runInto(['write'])).toMatchObject({ error: { code: 'auth', reason: 'gone' } })
    expect(await runInto(['write', 'read'], kept)).toMatchObject({ error: { code: 'auth' } })
  })
})

describe('request targets', () => {
  const hosts = {
    ...vendure.manifest,
    address: { hosts: ['api.example.com', '*.files.example.com'], settings: [] },
  }
  const settings = { baseUrl: 'http://127.0.0.1:3000/shop' }

  it('stay on the connection', () => {
    expect(resolveTarget(hosts, {}, '/v1?a=b')).toBe('https://api.example.com/v1?a=b')
    expect(resolveTarget(hosts, {}, 'https://eu.files.example.com/x')).toBe('https://eu.files.example.com/x')
    const gateway = { ...hosts, address: { ...hosts.address, settings: ['gateway', 'baseUrl'] } }
    expect(resolveTarget(gateway, settings, '/x')).toBe('http://127.0.0.1:3000/shop/x')
    expect(resolveTarget(gateway, settings, 'https://api.example.com/v1')).toBe('https://api.example.com/v1')
    expect(resolveTarget(vendure.manifest, settings, '/x')).toBe('http://127.0.0.1:3000/shop/x')
    expect(resolveTarget(vendure.manifest, settings, 'http://127.0.0.1:3000/y')).toBe(
      'http://127.0.0.1:3000/y',
    )
  })

  it.each([
    'http://api.example.com/',
    'https://api.example.com:444/',
    'https://u:p@api.example.com/',
    '//evil.example/',
    'https://evil.example/',
    'https://files.example.com/',
    'https://evilfiles.example.com/',
    'http://eu.files.example.com/',
    'x',
    '@evil.example/',
  ])('never leave it for %s', (url) => {
    let target = ''
    try {
      target = new URL(resolveTarget(hosts, {}, url)).host
    } catch {
      target = 'refused'
    }
    expect(['refused', 'api.example.com']).toContain(target)
    if (!url.startsWith('//')) expect(target).toBe('refused')
    expect(() => resolveTarget(vendure.manifest, settings, url.replace('/v', ''))).toSatisfy(
      (run: () => string) => {
        try {
          return new URL(run()).host === '127.0.0.1:3000'
        } catch {
          return true
        }
      },
    )
  })
})

describe('the rate limiter', () => {
  it('lets a burst through, then keeps its tempo', async () => {
    let now = 0
    const ports = { now: () => now, sleep: async (ms: number) => void (now += ms) }
    const limiter = createRateLimiter({ requestsPerSecond: 10, burst: 3, concurrency: 99 }, ports)
    const times: number[] = []
    for (let n = 0; n < 6; n += 1) {
      const turn = await limiter.enter(never, 'pulling')
      if ('leave' in turn) turn.leave()
      times.push(now)
    }
    expect(times).toEqual([0, 0, 0, 100, 200, 300])
  })

  it('does not sit out a long wait, and passes slots on', async () => {
    let now = 0
    const ports = { now: () => now, sleep: async (ms: number) => void (now += ms) }
    const limiter = createRateLimiter({ requestsPerSecond: 100, burst: 100, concurrency: 1 }, ports)
    const first = await limiter.enter(never, 'pulling')
    const stop = new AbortController()
    const given = limiter.enter(stop.signal, 'pulling')
    const waiting = limiter.enter(never, 'pulling')
    stop.abort(new Error('stopped'))
    await expect(given).rejects.toThrow('stopped')
    if ('leave' in first) first.leave()
    expect(await waiting).toHaveProperty('leave')
    limiter.blockUntil(60_000)
    const turn = await waiting
    if ('leave' in turn) turn.leave()
    expect(await limiter.enter(never, 'pulling')).toEqual({ retryAfterMs: 60_000 })
    now = 60_000
    expect(await limiter.enter(never, 'pulling')).toHaveProperty('leave')
  })

  describe('with requests that are counted apart', () => {
    function makeLimiter() {
      let now = 0
      const ports = { now: () => now, sleep: async (ms: number) => void (now += ms) }
      const rates = { Search: { requestsPerSecond: 0.01, burst: 2 } }
      const limiter = createRateLimiter({ requestsPerSecond: 50, burst: 50, concurrency: 9, rates }, ports)
      const enter = async (name: string) => {
        const turn = await limiter.enter(never, 'pulling', name)
        if ('leave' in turn) turn.leave()
        return 'leave' in turn ? 'in' : turn.retryAfterMs
      }
      return { limiter, enter, pass: (ms: number) => (now += ms) }
    }

    it('holds up only those whose bucket is empty', async () => {
      const { enter, pass } = makeLimiter()
      expect([await enter('Search'), await enter('Search')]).toEqual(['in', 'in'])
      expect(await enter('Search')).toBe(100_000)
      expect([await enter('Read'), await enter('')]).toEqual(['in', 'in'])
      pass(100_000)
      expect([await enter('Search'), await enter('Search')]).toEqual(['in', 100_000])
    })

    it('believes the remote when it says that the bucket is empty, and how fast it fills', async () => {
      const { limiter, enter, pass } = makeLimiter()
      expect(limiter.drain('Read')).toBeNull()
      expect(limiter.drain('Search')).toBe(100_000)
      expect(await enter('Search')).toBe(100_000)
      expect(await enter('Read')).toBe('in')
      limiter.setRate('Search', 0.1)
      expect(await enter('Search')).toBe(10_000)
      pass(10_000)
      expect(await enter('Search')).toBe('in')
    })

    /** A remote that counts calls as they arrive, at most `rate` a second and `burst` at once; the first takes longer than the others. */
    it('sends none too soon for a remote that counts them when they arrive', async () => {
      let now = 0
      const sleep = async (ms: number) => void (now += ms)
      const rates = { Search: { requestsPerSecond: 5, burst: 2 } }
      const limits = { requestsPerSecond: 50, burst: 50, concurrency: 1, rates }
      const limiter = createRateLimiter(limits, { now: () => now, sleep })
      let [tokens, lookedAt, refused] = [2, 0, 0]
      const starts: number[] = []
      for (let n = 0; n < 8; n += 1) {
        const turn = await limiter.enter(never, 'pulling', 'Search')
        starts.push(now)
        now += n === 0 ? 90 : 10
        tokens = Math.min(2, tokens + (now - lookedAt) / 200)
        lookedAt = now
        if (tokens >= 1) tokens -= 1
        else refused += 1
        now += 5
        if ('leave' in turn) turn.leave()
      }
      expect(refused).toBe(0)
      // And not much later than it would have them.
      expect(starts).toEqual([0, 95, 295, 495, 695, 895, 1095, 1295])
    })

    it('a call without an answer holds the bucket up for some seconds at most', async () => {
      let now = 0
      const sleep = async (ms: number) => void (now += ms)
      const rates = { Search: { requestsPerSecond: 5, burst: 1 } }
      const limits = { requestsPerSecond: 50, burst: 50, concurrency: 9, rates }
      const limiter = createRateLimiter(limits, { now: () => now, sleep }, 10_000)
      await limiter.enter(never, 'pulling', 'Search')
      expect(await limiter.enter(never, 'pulling', 'Search')).toHaveProperty('leave')
      expect(now).toBe(5_200)
    })

    it('lets others pass while one waits a moment for its own bucket', async () => {
      const sleepers: (() => void)[] = []
      let now = 0
      const sleep = () => new Promise<void>((wake) => sleepers.push(wake))
      const rates = { Search: { requestsPerSecond: 1, burst: 1 } }
      const limits = { requestsPerSecond: 50, burst: 50, concurrency: 9, rates }
      const limiter = createRateLimiter(limits, { now: () => now, sleep })
      const first = await limiter.enter(never, 'interactive', 'Search')
      if ('leave' in first) first.leave()
      let came = false
      const second = limiter.enter(never, 'interactive', 'Search').then(() => (came = true))
      expect(await limiter.enter(never, 'background', 'Read')).toHaveProperty('leave')
      expect(came).toBe(false)
      now = 1_000
      for (const wake of sleepers) wake()
      await second
      expect(came).toBe(true)
    })
  })
})

describe('turns by priority', () => {
  /** A line with one slot that takes 100 ms per call; every call is noted when its turn comes. */
  function makeLine() {
    let now = 0
    let clockBack = 0
    const wakes: { at: number; run: () => void }[] = []
    const sleep = (ms: number) => new Promise<void>((run) => wakes.push({ at: now + ms, run }))
    const limiter = createRateLimiter(
      { requestsPerSecond: 10, burst: 1, concurrency: 1 },
      { now: () => now - clockBack, sleep },
    )
    const order: string[] = []
    const call = async (name: string, priority: Priority, signal = never): Promise<void> => {
      const turn = await limiter.enter(signal, priority)
      order.push('leave' in turn ? name : `${name} turned away`)
      await sleep(100)
      if ('leave' in turn) turn.leave()
    }
    /** Time goes on, from one thing that wakes up to the next. */
    const pass = async (ms: number): Promise<void> => {
      for (const until = now + ms; ;) {
        for (let i = 0; i < 20; i += 1) await Promise.resolve()
        wakes.sort((a, b) => a.at - b.at)
        const next = wakes[0]
        if (next === undefined || next.at > until) return void (now = until)
        now = Math.max(now, next.at)
        wakes.shift()?.run()
      }
    }
    return { limiter, call, order, pass, setBack: (ms: number) => (clockBack += ms) }
  }

  it('lets what is urgent go before what waited for longer', async () => {
    const { call, order, pass } = makeLine()
    for (const name of ['w1', 'w2']) void call(name, 'background')
    void call('p', 'pulling')
    void call('s', 'sending')
    void call('i', 'interactive')
    await pass(1_000)
    expect(order).toEqual(['w1', 'i', 's', 'p', 'w2'])
  })

  it('a walk goes on under calls that never end', async () => {
    const { call, order, pass } = makeLine()
    void call('first', 'interactive')
    void call('walk', 'background')
    for (let n = 0; n < 400; n += 1) {
      void call(`i${n}`, 'interactive')
      await pass(100)
    }
    expect(order).toContain('walk')
    expect(order.indexOf('walk')).toBeGreaterThan(100)
    expect(order.indexOf('walk')).toBeLessThan(170)
  })

  it('also when the clock is set back while they wait', async () => {
    const { call, order, pass, setBack } = makeLine()
    void call('first', 'interactive')
    void call('walk', 'background')
    await pass(50)
    setBack(3_600_000)
    for (let n = 0; n < 400; n += 1) {
      for (const twice of ['a', 'b']) void call(`i${n}${twice}`, 'interactive')
      await pass(100)
    }
    // Twice as many as the line can take, so those that came before its patience ended go first.
    expect(order.indexOf('walk')).toBeGreaterThan(250)
    expect(order.indexOf('walk')).toBeLessThan(320)
  })

  it('forgets who went away, and turns everybody away while the remote wants to be left alone', async () => {
    const { limiter, call, order, pass } = makeLine()
    void call('first', 'pulling')
    const stop = new AbortController()
    const gone = call('gone', 'interactive', stop.signal)
    const waiting = limiter.enter(never, 'sending')
    stop.abort(new Error('stopped'))
    await expect(gone).rejects.toThrow('stopped')
    limiter.blockUntil(60_000)
    await pass(200)
    expect(order).toEqual(['first'])
    expect(await waiting).toMatchObject({ retryAfterMs: expect.any(Number) })
  })

  it('an operation says how urgent it is, and pictures never are', async () => {
    const started: string[] = []
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const one = { ...vendure.manifest.limits, concurrency: 1 }
    const narrow = { ...vendure, manifest: { ...vendure.manifest, limits: one } }
    const made = makeRuntime((name) => (name === 'TestConnection' ? testOk : emptyPage), {
      findConnector: () => narrow,
      fetchPicture: async () => {
        started.push('picture')
        return ok({ mime: 'image/png', bytes: new Uint8Array([1]) })
      },
      execute: async (request) => {
        const { operationName } = request.json as { operationName: string }
        if (operationName === 'Login')
          return answer({ data: { login: { id: '1' } } }, { headers: { 'vendure-auth-token': 't' } })
        started.push(operationName)
        if (started.length === 1) await held
        return operationName === 'TestConnection' ? testOk : emptyPage
      },
    })
    const read = { remoteIds: ['1'] }
    const all = [made.runtime.run(id, 'pull-orders', pull, { priority: 'pulling' })]
    while (started.length === 0) await Promise.resolve()
    const picture = made.runtime.fetchPicture(id, '/assets/1.png')
    const later = [
      made.runtime.run(id, 'read-orders', read, { priority: 'pulling' }),
      made.runtime.run(id, 'test-connection', {}),
    ]
    await new Promise((resolve) => setTimeout(resolve))
    release()
    await Promise.all([...all, picture, ...later])
    const [, ...rest] = started
    const place = (name: string): number => rest.indexOf(name)
    expect(place('TestConnection')).toBeLessThan(place('picture'))
    expect(rest.at(-1)).toBe('picture')
  })
})

describe('one at a time', () => {
  it('queues the same key, also after a failure', async () => {
    const oneAtATime = createOneAtATime()
    const log: string[] = []
    const task =
      (name: string, fails = false) =>
      async () => {
        log.push(`${name} starts`)
        await Promise.resolve()
        log.push(`${name} ends`)
        if (fails) throw new Error(name)
      }
    await Promise.allSettled([
      oneAtATime('a', task('1', true)),
      oneAtATime('a', task('2')),
      oneAtATime('b', task('3')),
    ])
    expect(log.indexOf('2 starts')).toBeGreaterThan(log.indexOf('1 ends'))
    expect(log.indexOf('3 starts')).toBeLessThan(log.indexOf('1 ends'))
  })
})

describe('the trace', () => {
  it('hides secrets by name and by value, and buyers by key', () => {
    const rules = { secrets: ['open sesame', 'T0KEN'], personalKeys: ['fullName'] }
    const shown = redact(
      {
        variables: { username: 'seller', password: 'open sesame' },
        authorization: 'x',
        note: 'a T0KEN b',
        fullName: 'Anna',
        n: 1,
      },
      rules,
    )
    expect(shown).toEqual({
      variables: { username: 'seller', password: '***' },
      authorization: '***',
      note: 'a *** b',
      fullName: '*** (4)',
      n: 1,
    })
    expect(plainUrl('https://u:p@shop.example/a?token=1#x')).toBe('https://shop.example/a')
  })
})
