import {
  serveLocally,
  type Answering,
  type LocalServer,
  type WireRequest,
} from '#tests/support/local-server.ts'
import type { FakeAccount } from './account-state.ts'
import { DEFINITION_ROUTES, readDocument } from './definitions-api.ts'
import { answerStorage, FEED_ROUTES } from './feeds-api.ts'
import { LISTING_ROUTES } from './listings-api.ts'
import { ORDER_ROUTES } from './orders-api.ts'
import { refuse, type FakeAnswer, type Route } from './route.ts'

/** The API without a line to it. */
export interface AmazonApi {
  answer: Answering
  /** Whose account it is now; see `use`. */
  readonly account: FakeAccount
  /** Faults of this fake itself. Must stay empty. */
  violations: string[]
  /** Names of the operations that were carried out. */
  calls: string[]
  /** What a private app signs in with. */
  keys: { clientId: string; clientSecret: string; refreshToken: string }
  /** Tokens given out from now on hold this long. */
  setTokenLife: (seconds: number) => void
  /** Tokens that were given out hold no longer. */
  endTokens: () => void
  /** The seller takes the authorisation back. */
  withdraw: () => void
  /** The account is not known in this region. */
  misplace: () => void
  /** Empties the bucket of an operation, and fills it again. */
  drain: (name: string) => void
  fill: (name: string) => void
  /** Begins anew with another account, at the same address. */
  use: (account: FakeAccount) => void
}

export type FakeAmazon = AmazonApi & LocalServer

/** Serves it on this machine. */
export async function startFakeAmazon(...given: Parameters<typeof createAmazonApi>): Promise<FakeAmazon> {
  const api = createAmazonApi(...given)
  const server = await serveLocally(api.answer, (error) => api.violations.push(String(error)))
  return Object.assign(api, server)
}

type Answered = FakeAnswer & { rate?: number; bytes?: Uint8Array }

const ROUTES: readonly Route[] = [...ORDER_ROUTES, ...LISTING_ROUTES, ...DEFINITION_ROUTES, ...FEED_ROUTES]

/** Amazon's Selling Partner API of one region, with Login with Amazon beside it. Tests put it behind the official models. `rates` is the
 * account's own usage plan, by operation. */
export function createAmazonApi(
  first: FakeAccount,
  options: { rates?: Readonly<Record<string, number>> } = {},
): AmazonApi {
  const keys = {
    clientId: 'amzn1.application-oa2-client.0123456789abcdef',
    clientSecret: 'amzn1.oa2-cs.v1.secret-of-the-app',
    refreshToken: 'Atzr|refresh-token-of-the-seller',
  }
  const routes = ROUTES.map((route) => ({ ...route, rate: options.rates?.[route.name] ?? route.rate }))
  let account = first
  const tokens = new Map<string, number>()
  const violations: string[] = []
  const calls: string[] = []
  const buckets = new Map<string, { tokens: number; lookedAt: number }>()
  let life = 3_600
  let given = 0
  let isWithdrawn = false
  let isElsewhere = false

  function takeTurn({ name, rate, burst }: Route): boolean {
    const now = account.now()
    const { tokens: left, lookedAt } = buckets.get(name) ?? { tokens: burst, lookedAt: now }
    const filled = Math.min(burst, left + (Math.max(0, now - lookedAt) / 1000) * rate)
    buckets.set(name, { tokens: filled >= 1 ? filled - 1 : filled, lookedAt: now })
    return filled >= 1
  }

  function answerToken(body: string): FakeAnswer {
    const form = new URLSearchParams(body)
    const no = (error: string, error_description: string): FakeAnswer => ({
      ...{ status: 400, json: { error, error_description, request_id: 'r-1' } },
    })
    if (form.get('grant_type') !== 'refresh_token')
      return no('unsupported_grant_type', 'The authorization grant type is not supported')
    if (form.get('client_id') !== keys.clientId || form.get('client_secret') !== keys.clientSecret)
      return { ...no('invalid_client', 'Client authentication failed'), status: 401 }
    if (form.get('refresh_token') !== keys.refreshToken || isWithdrawn)
      return no('invalid_grant', 'The request has an invalid grant parameter : refresh_token')
    given += 1
    const access_token = `Atza|access-token-${given}`
    tokens.set(access_token, account.now() + life * 1000)
    return {
      status: 200,
      json: { access_token, refresh_token: keys.refreshToken, token_type: 'bearer', expires_in: life },
    }
  }

  function whyRefused({ headers }: WireRequest, path: string): FakeAnswer | null {
    const ends = tokens.get(headers['x-amz-access-token'] ?? '')
    const denied = (details: string) =>
      refuse(403, 'Unauthorized', 'Access to requested resource is denied.', details)
    if (ends === undefined) return denied('The access token you provided is revoked, malformed or invalid.')
    if (ends <= account.now()) return denied('The access token you provided has expired.')
    const isAllowed = account.roles.has(path.split('/')[1] ?? '')
    return isElsewhere || !isAllowed ? denied('') : null
  }

  function answerCall(request: WireRequest, url: URL): FakeAnswer & { rate?: number } {
    const refused = whyRefused(request, url.pathname)
    if (refused !== null) return refused
    const route = routes.find(
      ({ method, pattern }) => method === request.method && pattern.test(url.pathname),
    )
    if (route === undefined) return refuse(404, 'NotFound', 'The requested resource does not exist.')
    if (!takeTurn(route))
      return refuse(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.')
    calls.push(route.name)
    const parts = (route.pattern.exec(url.pathname) ?? []).slice(1).map(decodeURIComponent)
    const parsed: unknown = request.body === '' ? undefined : JSON.parse(request.body)
    return { ...route.answer(account, { parts, query: url.searchParams, body: parsed }), rate: route.rate }
  }

  /** Storage knows no token: one that comes along was given away. */
  function answerOther(request: WireRequest, url: URL): Answered {
    const document =
      answerStorage(account, { ...request, path: url.pathname }) ?? readDocument(account, url.pathname)
    if (document === null) return answerCall(request, url)
    if (request.headers['x-amz-access-token'] !== undefined) violations.push('storage was shown a token')
    calls.push('Document')
    return document
  }

  const answer: Answering = (request) => {
    const url = new URL(request.path, 'http://amazon.test')
    const { status, json, rate, bytes }: Answered =
      url.pathname === '/auth/o2/token' ? answerToken(request.body) : answerOther(request, url)
    return Promise.resolve({
      status,
      headers: {
        'x-amzn-requestid': `request-${calls.length}`,
        // As seen at Amazon: the real 429 does not say the rate.
        ...(rate !== undefined && { 'x-amzn-ratelimit-limit': String(rate) }),
        ...(status === 429 && { 'x-amzn-errortype': 'TooManyRequestsException' }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      body: json === undefined ? '' : JSON.stringify(json),
      ...(bytes !== undefined && { bytes }),
    })
  }

  return {
    answer,
    get account() {
      return account
    },
    ...{ violations, calls, keys },
    setTokenLife: (seconds) => (life = seconds),
    endTokens: () => tokens.clear(),
    withdraw: () => (isWithdrawn = true),
    misplace: () => (isElsewhere = true),
    drain: (name) => buckets.set(name, { tokens: 0, lookedAt: account.now() }),
    fill: (name) => buckets.delete(name),
    use: (other) => {
      account = other
      ;[life, isWithdrawn, isElsewhere] = [3_600, false, false]
      for (const list of [violations, calls]) list.length = 0
      for (const kept of [tokens, buckets]) kept.clear()
    },
  }
}
