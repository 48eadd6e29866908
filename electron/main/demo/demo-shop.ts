import { randomBytes } from 'node:crypto'
import {
  buildSchema,
  execute,
  GraphQLError,
  GraphQLScalarType,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
} from 'graphql'
import { DEMO_SCHEMA } from '#main/demo/demo-schema.ts'
import type { DemoShopState, DemoShopWorld } from '#main/demo/demo-shop-state.ts'
import { listingResolvers } from '#main/demo/resolve-demo-listings.ts'
import { orderResolvers } from '#main/demo/resolve-demo-orders.ts'
import { shopResolvers } from '#main/demo/resolve-demo-shop.ts'

/** One demo shop in memory: GraphQL in, GraphQL out. Holds no socket and no file. */
export interface DemoShop {
  /** Answers one request; `token` is the bearer token. */
  answer(request: DemoRequest, token: string): Promise<DemoAnswer>
  state: DemoShopState
  /** Ends every session, as a server's restart would. */
  expireSessions(): void
}

export interface DemoRequest {
  query: string
  variables: Record<string, unknown>
  /** Where the request came to, e.g. `http://127.0.0.1:4711`; pictures are at the same place. */
  origin: string
}

export interface DemoAnswer {
  status: number
  body: ExecutionResult
  /** A session to hand back in the header `vendure-auth-token`. */
  newToken: string | null
}

export interface DemoShopOptions extends DemoShopWorld {
  name: string
  locale: string
  /** ISO 4217; what `activeChannel` says. */
  currency: string
  currencies: string[]
  username: string
  password: string
}

const schema = buildSchema(DEMO_SCHEMA)
const dateTime = schema.getType('DateTime')
if (dateTime instanceof GraphQLScalarType) dateTime.parseValue = parseDateTime

export function createDemoShop(options: DemoShopOptions): DemoShop {
  const sessions = new Set<string>()
  return {
    state: options.state,
    expireSessions: () => {
      sessions.clear()
    },
    async answer(request, token) {
      const document = readDocument(request.query)
      if ('status' in document) return document
      let newToken: string | null = null
      const rootValue = {
        login: (args: { username: string; password: string }) => {
          if (args.username !== options.username || args.password !== options.password)
            return INVALID_CREDENTIALS
          newToken = randomBytes(32).toString('hex')
          sessions.add(newToken)
          return user(options)
        },
        // Of the real server: it ends the sessions of this user everywhere.
        logout: () => {
          if (sessions.has(token)) sessions.clear()
          return { success: true }
        },
        ...guarded(sessions.has(token), resolvers(options, request.origin)),
      }
      const body = await execute({ schema, document, rootValue, variableValues: request.variables })
      return {
        status: 200,
        body: body.data === undefined ? withCode(body, 'BAD_USER_INPUT') : body,
        newToken,
      }
    },
  }
}

/** Requests that cannot be executed are HTTP 400; refused variables and everything later are 200. */
function readDocument(query: string): DocumentNode | DemoAnswer {
  const refuse = (errors: readonly GraphQLError[], code: string): DemoAnswer => ({
    status: 400,
    body: withCode({ errors }, code),
    newToken: null,
  })
  try {
    const document = parse(query)
    const errors = validate(schema, document)
    return errors.length > 0 ? refuse(errors, 'GRAPHQL_VALIDATION_FAILED') : document
  } catch (error) {
    if (error instanceof GraphQLError) return refuse([error], 'GRAPHQL_PARSE_FAILED')
    throw error
  }
}

function withCode(body: ExecutionResult, code: string): ExecutionResult {
  const errors = (body.errors ?? []).map((error) => {
    const { nodes, source, positions, path, originalError } = error
    return new GraphQLError(error.message, {
      nodes,
      source,
      positions,
      path,
      originalError,
      extensions: { code },
    })
  })
  return { ...body, errors }
}

/** As the real server: a full RFC 3339 time with its offset, nothing else. */
function parseDateTime(value: unknown): unknown {
  const full = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
  if (typeof value === 'string' && full.test(value) && !Number.isNaN(Date.parse(value))) return value
  throw new GraphQLError(`DateTime cannot represent an invalid date-time-string ${String(value)}.`)
}

const INVALID_CREDENTIALS = {
  __typename: 'InvalidCredentialsError',
  errorCode: 'INVALID_CREDENTIALS_ERROR',
  message: 'The provided credentials are invalid',
  authenticationError: '',
}

function user(options: DemoShopOptions) {
  return { __typename: 'CurrentUser', id: '1', identifier: options.username, channels: [] }
}

/** Every resolver answers FORBIDDEN without a session, as the real server does, with HTTP 200. */
function guarded<T extends Record<string, (args: never) => unknown>>(signedIn: boolean, all: T): T {
  if (signedIn) return all
  const forbid = () => {
    throw new GraphQLError('You are not currently authorized to perform this action', {
      extensions: { code: 'FORBIDDEN' },
    })
  }
  return Object.fromEntries(Object.keys(all).map((key) => [key, forbid])) as unknown as T
}

function resolvers(options: DemoShopOptions, origin: string) {
  const showing = { locale: options.locale, currency: options.currency, origin }
  return {
    me: () => user(options),
    ...shopResolvers(options),
    ...orderResolvers(options, showing),
    ...listingResolvers(options, options.currencies, showing),
  }
}
