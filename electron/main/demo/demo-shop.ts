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
import { DEMO_MONEY_PRECISION, type DemoOrder } from '#main/demo/demo-orders.ts'
import { addFulfillment, transitionFulfillment, type FulfillInput } from '#main/demo/fulfil-demo-order.ts'
import { listDemoOrders, type OrderListOptions } from '#main/demo/list-demo-orders.ts'
import { showOrder } from '#main/demo/show-demo-order.ts'

/** One demo shop in memory: GraphQL in, GraphQL out. Holds no socket and no file. */
export interface DemoShop {
  /** Answers one request; `token` is the bearer token. */
  answer(request: { query: string; variables: Record<string, unknown> }, token: string): Promise<DemoAnswer>
  orders: DemoOrder[]
  /** Ends every session, as a server's restart would. */
  expireSessions(): void
}

export interface DemoAnswer {
  status: number
  body: ExecutionResult
  /** A session to hand back in the header `vendure-auth-token`. */
  newToken: string | null
}

export interface DemoShopOptions {
  name: string
  locale: string
  /** ISO 4217; what `activeChannel` says. */
  currency: string
  username: string
  password: string
  orders: DemoOrder[]
  now: () => number
  /** Called after every change, before the answer leaves. */
  onChange: () => void
}

const schema = buildSchema(DEMO_SCHEMA)
const dateTime = schema.getType('DateTime')
if (dateTime instanceof GraphQLScalarType) dateTime.parseValue = parseDateTime

export function createDemoShop(options: DemoShopOptions): DemoShop {
  const sessions = new Set<string>()
  return {
    orders: options.orders,
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
        ...guarded(sessions.has(token), resolvers(options)),
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

function resolvers(options: DemoShopOptions) {
  const { orders, locale } = options
  return {
    me: () => user(options),
    activeChannel: () => ({
      id: '1',
      code: options.name,
      token: 'demo',
      defaultLanguageCode: locale,
      defaultCurrencyCode: options.currency,
    }),
    globalSettings: () => ({ id: '1', serverConfig: { moneyStrategyPrecision: DEMO_MONEY_PRECISION } }),
    order: ({ id }: { id: string }) => {
      const order = orders.find((candidate) => candidate.id === id)
      return order ? showOrder(order, locale) : null
    },
    orders: ({ options: list }: { options?: OrderListOptions }) => {
      const { items, totalItems } = listDemoOrders(orders, list ?? {})
      return { totalItems, items: items.map((order) => showOrder(order, locale)) }
    },
    addFulfillmentToOrder: ({ input }: { input: FulfillInput }) => addFulfillment(options, input),
    transitionFulfillmentToState: (args: { id: string; state: string }) =>
      transitionFulfillment(options, args),
  }
}
