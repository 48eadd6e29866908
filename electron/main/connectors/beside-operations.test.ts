import { describe, expect, it } from 'vitest'
import type { Connector } from '#core/connectors/_kit/connector.ts'
import { vendure } from '#core/connectors/vendure/index.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import { createConnectorRuntime } from '#main/connectors/runtime.ts'

/** What the runtime does for a connection that is no operation: pictures, and when its access ends. */

const id = 'c1' as ConnectionId
const EXPIRES = 1_800_000_000_000

/** A shop whose sign-in tells when the session ends. */
function shopWith({ byHand, says }: { byHand: boolean; says: boolean }): Connector {
  const signIn = function* () {
    return ok({ headers: {}, ...(says ? { expiresAt: EXPIRES } : {}) })
  }
  return {
    ...vendure,
    manifest: { ...vendure.manifest, ...(byHand ? { renewedByHand: true as const } : {}) },
    session: { signIn, isRefused: () => false },
  }
}

function makeRuntime(connector: Connector = vendure) {
  const fetched: string[] = []
  let signInFails = false
  const runtime = createConnectorRuntime({
    execute: async () => ({
      ...{ kind: 'answer', status: 200, headers: {}, receivedAt: 0 },
      text: JSON.stringify({
        data: { me: { identifier: 'x' }, activeChannel: { code: 'eu' }, orders: { totalItems: 0 } },
      }),
    }),
    fetchPicture: async (url) => {
      fetched.push(url)
      return ok({ mime: 'image/png', bytes: new Uint8Array([1]) })
    },
    credentials: {
      settingsOf: async () =>
        ok({ connectorId: 'vendure', settings: { baseUrl: 'https://shop.example.com', username: 'seller' } }),
      secretsOf: async () =>
        signInFails ? err(issue('auth', { reason: 'vault-locked' })) : ok({ password: 'open sesame' }),
    },
    now: Date.now,
    sleep: async () => undefined,
    findConnector: () => connector,
  })
  return { runtime, fetched, failSignIn: () => (signInFails = true) }
}

describe('pictures', () => {
  it.each(['/assets/1.png', 'https://shop.example.com/assets/1.png?preset=thumb'])(
    'fetches %s',
    async (url) => {
      const { runtime, fetched } = makeRuntime()
      expect(await runtime.fetchPicture(id, url)).toMatchObject({ ok: true })
      expect(fetched.map((each) => new URL(each).host)).toEqual(['shop.example.com'])
    },
  )

  it.each([
    'https://evil.example/1.png',
    'http://shop.example.com/1.png',
    'https://shop.example.com:8443/1.png',
    'https://shop.example.com.evil.example/1.png',
    'https://shop.example.com@evil.example/1.png',
    'https://user:word@shop.example.com/1.png',
    '//evil.example/1.png',
    '/../..//evil.example@x',
    'http://127.0.0.1:9200/1.png',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'data:image/png;base64,AA==',
    'javascript:alert(1)',
    ' https://shop.example.com/1.png',
    '',
  ])('asks for nothing elsewhere: %s', async (url) => {
    const { runtime, fetched } = makeRuntime()
    const answer = await runtime.fetchPicture(id, url)
    const hosts = fetched.map((each) => new URL(each).origin)
    expect(hosts.filter((origin) => origin !== 'https://shop.example.com')).toEqual([])
    if (fetched.length === 0) expect(answer).toMatchObject({ error: { reason: 'picture-elsewhere' } })
  })
})

describe('when access ends', () => {
  it.each([
    [
      'by hand, and the shop says when',
      { byHand: true, says: true },
      [{ connectionId: id, expiresAt: EXPIRES }],
    ],
    ['by hand, and the shop does not say', { byHand: true, says: false }, []],
    ['by signing in again', { byHand: false, says: true }, []],
  ])('renewed %s', async (_what, shop, expected) => {
    const { runtime } = makeRuntime(shopWith(shop))
    expect(await runtime.accessEnds()).toEqual([])
    await runtime.run(id, 'test-connection', {})
    expect(await runtime.accessEnds()).toEqual(expected)
    runtime.forget(id)
    expect(await runtime.accessEnds()).toEqual([])
  })

  it('is not known of a connection that cannot sign in', async () => {
    const { runtime, failSignIn } = makeRuntime(shopWith({ byHand: true, says: true }))
    failSignIn()
    await runtime.run(id, 'test-connection', {})
    expect(await runtime.accessEnds()).toEqual([])
  })
})
