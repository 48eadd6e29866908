import { randomBytes } from 'node:crypto'
import { buildSchema, execute, GraphQLError, parse, validate, type ExecutionResult } from 'graphql'
import { DEMO_SCHEMA } from '#main/demo/demo-schema.ts'
import type { DemoFulfillment, DemoOrder } from '#main/demo/demo-orders.ts'

/** One demo shop in memory: GraphQL in, GraphQL out. Holds no socket and no file. */
export interface DemoShop {
  /** Answers one request; `token` is the bearer token, `newToken` one to hand back. */
  answer(request: { query: string; variables: Record<string, unknown> }, token: string): Promise<DemoAnswer>
  orders: DemoOrder[]
  /** Ends every session, as a server's restart would. */
  expireSessions(): void
}

export interface DemoAnswer {
  body: ExecutionResult
  newToken: string | null
}

export interface DemoShopOptions {
  name: string
  locale: string
  username: string
  password: string
  orders: DemoOrder[]
  now: () => number
  /** Called after every change, before the answer leaves. */
  onChange: () => void
}

interface OrderFilter {
  id?: { eq?: string; in?: string[] }
  code?: StringFilter
  state?: StringFilter
  active?: { eq?: boolean }
  updatedAt?: { after?: string; before?: string; eq?: string }
  _and?: OrderFilter[]
  _or?: OrderFilter[]
}
interface StringFilter {
  eq?: string
  notEq?: string
  contains?: string
  in?: string[]
  notIn?: string[]
}
interface OrderListOptions {
  skip?: number
  take?: number
  filter?: OrderFilter
  sort?: Partial<Record<'id' | 'updatedAt' | 'orderPlacedAt' | 'code', 'ASC' | 'DESC'>>
}

const schema = buildSchema(DEMO_SCHEMA)
const MAX_TAKE = 1000

export function createDemoShop(options: DemoShopOptions): DemoShop {
  const sessions = new Set<string>()
  return {
    orders: options.orders,
    expireSessions: () => {
      sessions.clear()
    },
    async answer(request, token) {
      let newToken: string | null = null
      const document = parse(request.query)
      const errors = validate(schema, document)
      if (errors.length > 0) return { body: { errors }, newToken }
      const signedIn = sessions.has(token)
      const rootValue = {
        login: (args: { username: string; password: string }) => {
          if (args.username !== options.username || args.password !== options.password) return INVALID_CREDENTIALS
          newToken = randomBytes(32).toString('hex')
          sessions.add(newToken)
          return user(options)
        },
        logout: () => ({ success: sessions.delete(token) }),
        ...guarded(signedIn, resolvers(options)),
      }
      const body = await execute({ schema, document, rootValue, variableValues: request.variables })
      return { body, newToken }
    },
  }
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
  const { orders } = options
  return {
    me: () => user(options),
    activeChannel: () => ({
      id: '1',
      code: options.name,
      token: 'demo',
      defaultLanguageCode: options.locale,
      defaultCurrencyCode: orders[0]?.currencyCode ?? 'EUR',
    }),
    order: ({ id }: { id: string }) => {
      const order = orders.find((candidate) => candidate.id === id)
      return order ? showOrder(order, options) : null
    },
    orders: ({ options: list }: { options?: OrderListOptions }) => listOrders(options, list ?? {}),
    addFulfillmentToOrder: ({ input }: { input: FulfillInput }) => addFulfillment(options, input),
    transitionFulfillmentToState: (args: { id: string; state: string }) => transition(options, args),
  }
}

function listOrders(options: DemoShopOptions, list: OrderListOptions) {
  const take = list.take ?? 100
  if (take > MAX_TAKE) {
    throw new GraphQLError(`Cannot take more than ${String(MAX_TAKE)} results from a list query`, {
      extensions: { code: 'USER_INPUT_ERROR' },
    })
  }
  const found = options.orders.filter((order) => matches(order, list.filter ?? {}))
  const [[key, direction] = ['id', 'ASC']] = Object.entries(list.sort ?? {})
  found.sort((a, b) => (direction === 'DESC' ? -1 : 1) * compare(sortValue(a, key), sortValue(b, key)))
  const skip = list.skip ?? 0
  return {
    totalItems: found.length,
    items: found.slice(skip, skip + take).map((order) => showOrder(order, options)),
  }
}

function sortValue(order: DemoOrder, key: string): number | string {
  if (key === 'updatedAt') return order.updatedAt
  if (key === 'orderPlacedAt') return order.orderPlacedAt
  if (key === 'code') return order.code
  return Number(order.id)
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function matches(order: DemoOrder, filter: OrderFilter): boolean {
  const { updatedAt } = filter
  return (
    matchesText(order.code, filter.code) &&
    matchesText(order.state, filter.state) &&
    matchesText(order.id, filter.id) &&
    (filter.active?.eq === undefined || !filter.active.eq) &&
    (updatedAt?.after === undefined || order.updatedAt > Date.parse(updatedAt.after)) &&
    (updatedAt?.before === undefined || order.updatedAt < Date.parse(updatedAt.before)) &&
    (updatedAt?.eq === undefined || order.updatedAt === Date.parse(updatedAt.eq)) &&
    (filter._and ?? []).every((part) => matches(order, part)) &&
    (filter._or === undefined || filter._or.some((part) => matches(order, part)))
  )
}

function matchesText(value: string, filter: StringFilter | undefined): boolean {
  if (!filter) return true
  return (
    (filter.eq === undefined || value === filter.eq) &&
    (filter.notEq === undefined || value !== filter.notEq) &&
    (filter.contains === undefined || value.toLowerCase().includes(filter.contains.toLowerCase())) &&
    (filter.in === undefined || filter.in.includes(value)) &&
    (filter.notIn === undefined || !filter.notIn.includes(value))
  )
}

interface FulfillInput {
  lines: { orderLineId: string; quantity: number }[]
  handler: { code: string; arguments: { name: string; value: string }[] }
}

function addFulfillment(options: DemoShopOptions, input: FulfillInput) {
  const problem = (type: string, errorCode: string, message: string) => ({ __typename: type, errorCode, message })
  if (input.handler.code !== 'manual-fulfillment') {
    return problem('InvalidFulfillmentHandlerError', 'INVALID_FULFILLMENT_HANDLER_ERROR', 'Unknown handler')
  }
  const wanted = input.lines.filter((line) => line.quantity > 0)
  const order = options.orders.find((one) => one.lines.some((line) => line.id === wanted[0]?.orderLineId))
  if (!order) {
    return problem('EmptyOrderLineSelectionError', 'EMPTY_ORDER_LINE_SELECTION_ERROR', 'No lines were selected')
  }
  if (wanted.some((line) => line.quantity > openQuantity(order, line.orderLineId))) {
    return problem(
      'ItemsAlreadyFulfilledError',
      'ITEMS_ALREADY_FULFILLED_ERROR',
      'One or more OrderItems are already part of a Fulfillment',
    )
  }
  const argument = (name: string) => input.handler.arguments.find((one) => one.name === name)?.value ?? ''
  const fulfillment: DemoFulfillment = {
    id: `${order.id}-${String(order.fulfillments.length + 1)}`,
    state: 'Pending',
    method: argument('method'),
    trackingCode: argument('trackingCode'),
    lines: wanted,
  }
  order.fulfillments.push(fulfillment)
  touch(options, order)
  return showFulfillment(fulfillment)
}

function openQuantity(order: DemoOrder, lineId: string): number {
  const ordered = order.lines.find((line) => line.id === lineId)?.quantity ?? 0
  const gone = order.fulfillments
    .filter((one) => one.state !== 'Cancelled')
    .flatMap((one) => one.lines)
    .filter((line) => line.orderLineId === lineId)
    .reduce((sum, line) => sum + line.quantity, 0)
  return ordered - gone
}

const NEXT: Record<string, string[]> = {
  Pending: ['Shipped', 'Delivered', 'Cancelled'],
  Shipped: ['Delivered', 'Cancelled'],
  Delivered: ['Cancelled'],
  Cancelled: [],
}

function transition(options: DemoShopOptions, args: { id: string; state: string }) {
  for (const order of options.orders) {
    const fulfillment = order.fulfillments.find((one) => one.id === args.id)
    if (!fulfillment) continue
    if (!NEXT[fulfillment.state]?.includes(args.state)) {
      return {
        __typename: 'FulfillmentStateTransitionError',
        errorCode: 'FULFILLMENT_STATE_TRANSITION_ERROR',
        message: `Cannot transition Fulfillment from "${fulfillment.state}" to "${args.state}"`,
        transitionError: '',
        fromState: fulfillment.state,
        toState: args.state,
      }
    }
    fulfillment.state = args.state
    order.state = stateAfter(order)
    touch(options, order)
    return showFulfillment(fulfillment)
  }
  throw new GraphQLError(`No Fulfillment with the id "${args.id}" could be found`, {
    extensions: { code: 'ENTITY_NOT_FOUND' },
  })
}

function stateAfter(order: DemoOrder): string {
  const live = order.fulfillments.filter((one) => one.state !== 'Cancelled')
  const complete = order.lines.every((line) => openQuantity(order, line.id) === 0)
  if (live.length > 0 && complete && live.every((one) => one.state === 'Delivered')) return 'Delivered'
  const left = live.filter((one) => one.state === 'Shipped' || one.state === 'Delivered')
  if (left.length === 0) return order.state
  return complete && left.length === live.length ? 'Shipped' : 'PartiallyShipped'
}

function touch(options: DemoShopOptions, order: DemoOrder): void {
  order.updatedAt = options.now()
  options.onChange()
}

function showFulfillment(one: DemoFulfillment) {
  const lines = one.lines.map((line) => ({ ...line, fulfillmentId: one.id }))
  return { __typename: 'Fulfillment', ...one, lines, nextStates: NEXT[one.state] ?? [] }
}

function showOrder(order: DemoOrder, options: DemoShopOptions) {
  const goods = order.lines.reduce((sum, line) => sum + line.unitPriceWithTax * line.quantity, 0)
  const { buyer } = order
  const [firstName = '', ...rest] = buyer.fullName.split(' ')
  return {
    ...order,
    active: false,
    createdAt: iso(order.orderPlacedAt),
    orderPlacedAt: order.state === 'PaymentAuthorized' ? null : iso(order.orderPlacedAt),
    updatedAt: iso(order.updatedAt),
    total: goods + order.shippingWithTax,
    totalWithTax: goods + order.shippingWithTax,
    subTotalWithTax: goods,
    customer: { id: order.id, firstName, lastName: rest.join(' '), emailAddress: buyer.email },
    shippingAddress: { ...buyer, country: buyer.countryCode },
    fulfillments: order.fulfillments.map(showFulfillment),
    lines: order.lines.map((line) => showLine(order, line, options)),
  }
}

function showLine(order: DemoOrder, line: DemoOrder['lines'][number], options: DemoShopOptions) {
  return {
    ...line,
    orderPlacedQuantity: line.quantity,
    unitPrice: line.unitPriceWithTax,
    proratedUnitPriceWithTax: line.unitPriceWithTax,
    discountedUnitPriceWithTax: line.unitPriceWithTax,
    linePriceWithTax: line.unitPriceWithTax * line.quantity,
    productVariant: { id: line.sku, sku: line.sku, name: line.name, languageCode: options.locale },
    fulfillmentLines: order.fulfillments.flatMap((one) =>
      one.lines
        .filter((part) => part.orderLineId === line.id)
        .map((part) => ({ ...part, fulfillmentId: one.id })),
    ),
  }
}

/** Vendure on SQLite keeps whole seconds. */
function iso(at: number): string {
  return new Date(Math.floor(at / 1000) * 1000).toISOString()
}

