import { execute, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql'
import { serveLocally, type Answering, type LocalServer } from '#tests/support/local-server.ts'
import { estimateCost } from './query-cost.ts'
import { rootOf } from './resolvers.ts'
import type { FakeShop } from './shop-state.ts'

/** A bucket of points; how Shopify counts them is its own, this counts a request as `costOf` says. */
export interface Bucket {
  maximumAvailable: number
  restoreRate: number
}

/** The API without a line to it. */
export interface ShopifyApi {
  answer: Answering
  shop: FakeShop
  /** What broke Shopify's schema, in requests or in this fake's own answers. Must stay empty. */
  violations: string[]
  /** Names of the operations that were carried out. */
  calls: string[]
  /** What an app of the Dev Dashboard signs in with, and the token of an older custom app. */
  keys: { clientId: string; clientSecret: string; accessToken: string }
  /** Tokens given out from now on hold this long. */
  setTokenLife: (seconds: number) => void
  /** Tokens that were given out hold no longer. */
  endTokens: () => void
  /** Empties the bucket, and fills it again. */
  drain: () => void
  fill: () => void
}

export type FakeShopify = ShopifyApi & LocalServer

const VERSION = '2026-07'

/** A single query may not cost more. */
const MOST_POINTS = 1_000

interface ReadDocument {
  document: DocumentNode
  problems: readonly { message: string }[]
}

interface ApiOptions {
  bucket?: Bucket
  costOf?: (operation: string) => number
  /** By which the bucket fills; the real time without it. */
  now?: () => number
}

/** Serves it on this machine. */
export async function startFakeShopify(
  schema: GraphQLSchema,
  shop: FakeShop,
  options: ApiOptions = {},
): Promise<FakeShopify> {
  const api = createShopifyApi(schema, shop, options)
  return { ...api, ...(await serveLocally(api.answer, (error) => api.violations.push(String(error)))) }
}

/** Shopify's Admin API over its official schema: every document is validated, every answer executed by it. Tests only. */
export function createShopifyApi(
  schema: GraphQLSchema,
  shop: FakeShop,
  options: ApiOptions = {},
): ShopifyApi {
  const bucket = options.bucket ?? { maximumAvailable: 2000, restoreRate: 100 }
  const costOf = options.costOf ?? (() => 20)
  const keys = {
    clientId: 'client-1',
    clientSecret: 'secret-of-the-app',
    accessToken: 'shpat_0123456789abcdef',
  }
  const tokens = new Set<string>([keys.accessToken])
  const violations: string[] = []
  const calls: string[] = []
  const documents = new Map<string, ReadDocument>()
  let life = 86_399
  let available = bucket.maximumAvailable
  const clock = options.now ?? Date.now
  let lookedAt = clock()
  let given = 0

  function refill(): void {
    const now = clock()
    const ms = Math.max(0, now - lookedAt)
    available = Math.min(bucket.maximumAvailable, available + (ms / 1000) * bucket.restoreRate)
    lookedAt = now
  }

  function costs(requestedQueryCost: number, actualQueryCost: number | null) {
    const throttleStatus = { ...bucket, currentlyAvailable: Math.floor(available) }
    return { cost: { requestedQueryCost, actualQueryCost, throttleStatus } }
  }

  /** The few that a connector has are looked at once. */
  function readDocument(query: string): ReadDocument {
    const known = documents.get(query)
    if (known !== undefined) return known
    const document = parse(query)
    const read = { document, problems: validate(schema, document) }
    documents.set(query, read)
    return read
  }

  async function answerGraphql(body: string): Promise<object> {
    const { query, variables, operationName } = JSON.parse(body) as {
      query: string
      variables: Record<string, unknown>
      operationName: string
    }
    const { document, problems } = readDocument(query)
    if (problems.length > 0) {
      violations.push(...problems.map(({ message }) => `${operationName}: ${message}`))
      return { errors: problems.map(({ message }) => ({ message, extensions: { code: 'undefinedField' } })) }
    }
    const estimated = estimateCost(schema, document, variables)
    if (estimated > MOST_POINTS) {
      const message = `Query cost is ${estimated}, which exceeds the single query max cost limit (${MOST_POINTS}).`
      return { errors: [{ message, extensions: { code: 'MAX_COST_EXCEEDED' } }] }
    }
    const cost = costOf(operationName)
    refill()
    if (cost > available)
      return {
        errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
        extensions: costs(cost, null),
      }
    available -= cost
    calls.push(operationName)
    const rootValue = rootOf(shop)
    const result = await execute({ schema, document, rootValue, variableValues: variables, operationName })
    violations.push(...(result.errors ?? []).map(({ message }) => `${operationName}: ${message}`))
    return { ...result, extensions: costs(cost, cost) }
  }

  function answerToken(body: string): { status: number; json: object } {
    const asked = JSON.parse(body) as { client_id?: string; client_secret?: string; grant_type?: string }
    const isKnown = asked.client_id === keys.clientId && asked.client_secret === keys.clientSecret
    if (asked.grant_type !== 'client_credentials' || !isKnown)
      return { status: 400, json: { error: 'invalid_client', error_description: 'Client is not known.' } }
    given += 1
    const access_token = `shpat_of_the_day_${given}`
    tokens.add(access_token)
    return { status: 200, json: { access_token, scope: shop.scopes.join(','), expires_in: life } }
  }

  const answer: Answering = async ({ path, headers, body }) => {
    const send = (status: number, json: object) => ({
      status,
      headers: { 'content-type': 'application/json; charset=utf-8', 'x-shopify-api-version': VERSION },
      body: JSON.stringify(json),
    })
    if (path === '/admin/oauth/access_token') {
      const { status, json } = answerToken(body)
      return send(status, json)
    }
    if (path !== `/admin/api/${VERSION}/graphql.json`) return send(404, { errors: 'Not Found' })
    if (!tokens.has(headers['x-shopify-access-token'] ?? ''))
      return send(401, {
        errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
      })
    return send(200, await answerGraphql(body))
  }

  return {
    ...{ answer, shop, violations, calls, keys },
    setTokenLife: (seconds) => (life = seconds),
    endTokens: () => tokens.clear(),
    drain: () => {
      refill()
      available = 0
    },
    fill: () => (available = bucket.maximumAvailable),
  }
}
