import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { HttpAnswer, HttpRequest, HttpResponse } from '#core/connectors/_kit/operation.ts'
import { toMoney } from '#core/connectors/vendure/mapping/money.ts'
import { parseOrder } from '#core/connectors/vendure/mapping/order.ts'
import { findFulfilment, listUnfulfilled } from '#core/connectors/vendure/mapping/fulfilment.ts'
import { pullOrders } from '#core/connectors/vendure/operations/pull-orders.ts'
import { vendureSession } from '#core/connectors/vendure/session.ts'
import { statesOfStatus, statusOfState } from '#core/connectors/vendure/units.ts'
import { orderWireSchema } from '#core/connectors/vendure/wire.ts'
import wrongPassword from '#core/connectors/vendure/fixtures/test-connection.wrong-password.json'
import { REMOTE_STATUSES } from '#core/order/order.ts'

const settings = { baseUrl: 'https://shop.example.com', username: 'seller' }

const rawOrder = (over: Record<string, unknown> = {}) => ({
  id: '7',
  code: 'ABC',
  state: 'PaymentSettled',
  currencyCode: 'EUR',
  totalWithTax: 2980,
  updatedAt: '2026-11-22T10:00:00.000Z',
  lines: [{ id: '1', quantity: 2, unitPriceWithTax: 1490, productVariant: { sku: 'MUG', name: 'Mug' } }],
  ...over,
})

function answer(body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return { kind: 'answer', status: 200, headers, text: JSON.stringify(body), receivedAt: 0 }
}

describe('money', () => {
  it.each([
    [100_000, 'JPY', 2, 1_000],
    [100_050, 'JPY', 2, 1_001],
    [-100_050, 'JPY', 2, -1_001],
    [-49, 'JPY', 2, 0],
    [125, 'KWD', 2, 1_250],
    [1_250, 'KWD', 3, 1_250],
    [1_999, 'EUR', 2, 1_999],
    [19_995, 'EUR', 3, 2_000],
    [1_000, 'JPY', 0, 1_000],
  ])('reads %d %s of a shop with %d digits as %d', (value, currency, precision, minor) => {
    expect(toMoney(value, currency, precision)).toEqual({ ok: true, value: { minor, currency } })
  })

  it('refuses currencies and amounts it cannot hold', () => {
    expect(toMoney(1, 'ZZZ', 2).ok).toBe(false)
    expect(toMoney(Number.MAX_SAFE_INTEGER, 'KWD', 2).ok).toBe(false)
  })
})

describe('an order', () => {
  const parse = (over: Record<string, unknown> = {}) => {
    const parsed = parseOrder(rawOrder(over), 2)
    if (!parsed.ok) throw new Error(parsed.error)
    return parsed.value
  }

  it('needs little', () => {
    expect(parse()).toMatchObject({
      number: 'ABC',
      status: 'to_ship',
      total: { minor: 2980, currency: 'EUR' },
      shipTo: null,
      fulfilments: [],
      lines: [{ sku: 'MUG', quantity: 2, unitPrice: { minor: 1490 } }],
    })
  })

  it('leaves cancelled lines out, but shows what a cancelled order was', () => {
    const lines = [
      { id: '1', quantity: 0, orderPlacedQuantity: 2, unitPriceWithTax: 1, productVariant: null },
      { id: '2', quantity: 1, orderPlacedQuantity: 1, unitPriceWithTax: 1, productVariant: null },
    ]
    expect(parse({ lines }).lines.map(({ remoteLineId }) => remoteLineId)).toEqual(['2'])
    expect(parse({ lines: [lines[0]], state: 'Cancelled' }).lines).toMatchObject([{ quantity: 2 }])
  })

  it('takes the price after discounts, and the name as the buyer wrote it', () => {
    const lines = [{ id: '1', quantity: 1, unitPriceWithTax: 1490, proratedUnitPriceWithTax: 1192 }]
    expect(parse({ lines }).lines[0]?.unitPrice.minor).toBe(1192)
    const customer = { firstName: '花子', lastName: '見本', emailAddress: 'a@example.com' }
    const shippingAddress = { fullName: '見本 花子', city: '千代田区', countryCode: 'jp' }
    expect(parse({ customer, shippingAddress })).toMatchObject({
      buyerName: '見本 花子',
      shipTo: { country: 'JP', email: 'a@example.com' },
    })
    expect(parse({ customer, shippingAddress: { ...shippingAddress, fullName: '別 人' } }).buyerName).toBe(
      '花子 見本',
    )
    expect(parse({ customer, shippingAddress: { fullName: null, city: ' ' } }).shipTo).toBeNull()
  })

  it('is set aside when it breaks the contract, without a word of the buyer in the reason', () => {
    const parsed = parseOrder(rawOrder({ shippingAddress: { fullName: 'Anna '.repeat(100) } }), 2)
    expect(parsed.ok).toBe(false)
    if (!parsed.ok) expect(parsed.error).not.toContain('Anna')
  })

  it('maps every state both ways', () => {
    for (const status of REMOTE_STATUSES)
      for (const state of statesOfStatus(status)) expect(statusOfState(state)).toBe(status)
    expect(statusOfState('constructor')).toBe('unknown')
    expect(statusOfState('')).toBe('unknown')
  })

  it('knows what is left to ship', () => {
    const fulfilment = (state: string, trackingCode: string, quantity: number) => ({
      id: trackingCode,
      state,
      method: 'Post',
      trackingCode,
      lines: [{ orderLineId: '1', quantity }],
    })
    const wire = orderWireSchema.parse(
      rawOrder({ fulfillments: [fulfilment('Cancelled', 'A', 2), fulfilment('Shipped', 'B', 1)] }),
    )
    expect(listUnfulfilled(wire)).toEqual([{ orderLineId: '1', quantity: 1 }])
    expect(findFulfilment(wire, 'A')).toBeNull()
    expect(findFulfilment(wire, 'B')?.state).toBe('Shipped')
  })
})

describe('signing in', () => {
  const signIn = (response: HttpResponse) => {
    const work = vendureSession.signIn({ settings, now: 0, secrets: { password: 'open sesame' } })
    const first = work.next()
    expect(first.done ? null : first.value.url).toBe('https://shop.example.com/admin-api')
    const last = work.next(response)
    if (!last.done) throw new Error('asked again')
    return last.value
  }

  it('turns the token into a header', () => {
    const got = signIn(answer({ data: { login: { id: '1' } } }, { 'vendure-auth-token': 'T' }))
    expect(got).toEqual({ ok: true, value: { headers: { authorization: 'Bearer T' } } })
  })

  it('tells a wrong password from a shop without tokens, a missing API and a dead line', () => {
    const recorded = wrongPassword.exchanges[0]!.response
    expect(signIn(answer(recorded.body))).toMatchObject({
      error: { code: 'auth', reason: 'wrong-credentials' },
    })
    expect(signIn(answer({ data: { login: { id: '1' } } }))).toMatchObject({ error: { code: 'unsupported' } })
    expect(signIn({ ...answer({}), status: 404 })).toMatchObject({
      error: { code: 'remote-down', reason: 'no-api-here' },
    })
    expect(signIn({ ...answer(''), text: '<html>' })).toMatchObject({ error: { code: 'malformed' } })
    expect(signIn({ kind: 'failure', sent: 'unknown', reason: 'timeout', message: '' })).toMatchObject({
      error: { code: 'remote-down', reason: 'timeout' },
    })
  })
})

/** A shop in memory, times in whole seconds; answers PullOrders as Vendure does. Every order is open. */
class TinyShop {
  orders = new Map<number, number>()
  pagesByTime = 0
  touch(id: number, second: number): void {
    this.orders.set(id, second * 1000)
  }
  answer(request: HttpRequest): HttpResponse {
    const { options } = (request.json as { variables: { options: Options } }).variables
    if (options.sort.id === undefined) this.pagesByTime += 1
    const after = options.filter.updatedAt === undefined ? -1 : Date.parse(options.filter.updatedAt.after)
    const items = [...this.orders]
      .filter(([, updatedAt]) => updatedAt > after)
      .sort(([a, at], [b, bt]) => (options.sort.id === undefined ? at - bt || a - b : a - b))
      .slice(options.skip, options.skip + options.take)
      .map(([id, at]) => rawOrder({ id: String(id), updatedAt: new Date(at).toISOString() }))
    return answer({ data: { orders: { items } } })
  }
}
type Options = { take: number; skip: number; sort: { id?: 'ASC' }; filter: { updatedAt?: { after: string } } }

function pullPage(shop: TinyShop, input: OperationInput<'pull-orders'>): OperationOutput<'pull-orders'> {
  const work = pullOrders(input, { settings, now: 0 })
  let step = work.next()
  while (!step.done) step = work.next(shop.answer(step.value))
  if (!step.value.ok) throw new Error(JSON.stringify(step.value.error))
  return step.value.value
}

/** Pulls to the end while the shop goes on; storage keeps the last word on each order. */
function pullAll(shop: TinyShop, stored: Map<string, number>, from: Pulled, meanwhile: () => void): Pulled {
  let checkpoint = from
  let pageToken: string | null = null
  for (let pages = 0; ; pages += 1) {
    const page = pullPage(shop, { checkpoint, pageToken, pageSize: 3 })
    for (const order of page.orders) stored.set(order.remoteId, order.updatedAt)
    checkpoint = page.checkpoint ?? checkpoint
    if (page.nextPage === null) return checkpoint
    if (pages > 400) throw new Error('the pull does not end')
    pageToken = page.nextPage
    meanwhile()
  }
}
type Pulled = { updatedAt: number; id: string } | null

describe('a pull while the shop goes on selling', () => {
  it('ends with every order as the shop has it, however close together they changed', () => {
    const start = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 40 })
    const changes = fc.array(fc.array(fc.nat(45), { maxLength: 4 }), { maxLength: 30 })
    fc.assert(
      fc.property(start, changes, (times, course) => {
        const shop = new TinyShop()
        times.forEach((second, id) => shop.touch(id, second))
        const stored = new Map<string, number>()
        const left = [...course]
        let clock = 13
        const meanwhile = (): void => {
          for (const id of left.shift() ?? []) shop.touch(id, clock)
          if (left.length % 3 === 0) clock += 1
        }
        const checkpoint = pullAll(shop, stored, null, meanwhile)
        pullAll(shop, stored, checkpoint, () => undefined)
        expect(Object.fromEntries(stored)).toEqual(
          Object.fromEntries([...shop.orders].map(([id, at]) => [String(id), at])),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('does not read an import of one second again and again', () => {
    const shop = new TinyShop()
    for (let id = 0; id < 300; id += 1) shop.touch(id, 5)
    pullAll(shop, new Map(), null, () => undefined)
    expect(shop.pagesByTime).toBeLessThanOrEqual(150)
  })

  it('refuses a token that is not its own', () => {
    const work = pullOrders({ checkpoint: null, pageToken: 'garbage', pageSize: 5 }, { settings, now: 0 })
    expect(work.next().value).toMatchObject({ ok: false, error: [{ reason: 'page-token' }] })
  })
})
