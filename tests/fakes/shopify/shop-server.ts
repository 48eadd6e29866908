import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { execute, parse, validate, type GraphQLSchema } from 'graphql'
import { rootOf } from './resolvers.ts'
import type { FakeShop } from './shop-state.ts'

/** A bucket of points; how Shopify counts them is its own, this counts a request as `costOf` says. */
export interface Bucket {
  maximumAvailable: number
  restoreRate: number
}

export interface FakeShopify {
  baseUrl: string
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
  stop: () => Promise<void>
}

const VERSION = '2026-07'

/** Shopify's Admin API over its official schema: every document is validated, every answer executed by it. Tests only. */
export async function startFakeShopify(
  schema: GraphQLSchema,
  shop: FakeShop,
  options: { bucket?: Bucket; costOf?: (operation: string) => number } = {},
): Promise<FakeShopify> {
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
  let life = 86_399
  let available = bucket.maximumAvailable
  let lookedAt = Date.now()
  let given = 0

  function refill(): void {
    const now = Date.now()
    available = Math.min(bucket.maximumAvailable, available + ((now - lookedAt) / 1000) * bucket.restoreRate)
    lookedAt = now
  }

  function costs(requestedQueryCost: number, actualQueryCost: number | null) {
    const throttleStatus = { ...bucket, currentlyAvailable: Math.floor(available) }
    return { cost: { requestedQueryCost, actualQueryCost, throttleStatus } }
  }

  async function answerGraphql(body: string): Promise<object> {
    const { query, variables, operationName } = JSON.parse(body) as {
      query: string
      variables: Record<string, unknown>
      operationName: string
    }
    const document = parse(query)
    const problems = validate(schema, document)
    if (problems.length > 0) {
      violations.push(...problems.map(({ message }) => `${operationName}: ${message}`))
      return { errors: problems.map(({ message }) => ({ message, extensions: { code: 'undefinedField' } })) }
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

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readText(request)
    const send = (status: number, json: object): void => {
      response.writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        'x-shopify-api-version': VERSION,
      })
      response.end(JSON.stringify(json))
    }
    if (request.url === '/admin/oauth/access_token') {
      const { status, json } = answerToken(body)
      return send(status, json)
    }
    if (request.url !== `/admin/api/${VERSION}/graphql.json`) return send(404, { errors: 'Not Found' })
    if (!tokens.has(String(request.headers['x-shopify-access-token'] ?? '')))
      return send(401, {
        errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
      })
    return send(200, await answerGraphql(body))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      violations.push(String(error))
      response.writeHead(500).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ shop, violations, calls, keys },
    setTokenLife: (seconds) => (life = seconds),
    endTokens: () => tokens.clear(),
    drain: () => {
      refill()
      available = 0
    },
    fill: () => (available = bucket.maximumAvailable),
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
