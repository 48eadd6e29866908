import { describe, expect, it } from 'vitest'
import type { HttpAnswer, HttpRequest, HttpResponse } from '#core/connectors/_kit/operation.ts'
import { readAmazon } from '#core/connectors/amazon/api.ts'
import { findMarketplace, MARKETPLACES } from '#core/connectors/amazon/marketplaces.ts'
import { parseOrder } from '#core/connectors/amazon/mapping/order.ts'
import { packageReferenceOf } from '#core/connectors/amazon/mapping/shipment.ts'
import { pullOrders } from '#core/connectors/amazon/operations/pull-orders.ts'
import { amazonSession } from '#core/connectors/amazon/session.ts'
import { readSettings } from '#core/connectors/amazon/settings.ts'
import { rateOf } from '#core/connectors/amazon/throttle.ts'
import { carrierOf } from '#core/connectors/amazon/units.ts'

const settings = { region: 'eu', clientId: 'client-1' }
const NOW = Date.UTC(2026, 10, 22)

const eur = (amount: string) => ({ amount, currencyCode: 'EUR' })

function answer(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return { kind: 'answer', status, headers, text: JSON.stringify(body), receivedAt: 0 }
}

const item = (over: Record<string, unknown> = {}) => ({
  orderItemId: '1',
  quantityOrdered: 2,
  product: { asin: 'B0', title: 'Mug', sellerSku: 'MUG', price: { unitPrice: eur('14.90') } },
  ...over,
})

const rawOrder = (over: Record<string, unknown> = {}) => ({
  orderId: '302-0000001-0000001',
  createdTime: '2026-11-22T10:00:00Z',
  lastUpdatedTime: '2026-11-22T10:00:00Z',
  salesChannel: { channelName: 'AMAZON', marketplaceId: 'A1PA6795UKMFR9' },
  proceeds: { grandTotal: eur('29.80') },
  fulfillment: { fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'MERCHANT' },
  orderItems: [item()],
  ...over,
})

function parsed(over: Record<string, unknown> = {}) {
  const order = parseOrder(rawOrder(over))
  if (!order.ok) throw new Error(order.error)
  return order.value
}

describe('settings', () => {
  it('names marketplaces by country or id, once each', () => {
    const read = readSettings({ ...settings, marketplaces: 'de, FR；uk A1PA6795UKMFR9' })
    expect(read.ok && read.value.marketplaces.map(({ country }) => country)).toEqual(['DE', 'FR', 'GB'])
    expect(read).toMatchObject({
      value: {
        apiBase: 'https://sellingpartnerapi-eu.amazon.com',
        tokenUrl: 'https://api.amazon.com/auth/o2/token',
      },
    })
  })

  it('takes a gateway in place of both addresses', () => {
    const own = { gatewayUrl: 'https://gate.example/sp', tokenUrl: 'https://gate.example/token' }
    expect(readSettings({ ...settings, ...own })).toMatchObject({
      value: { apiBase: own.gatewayUrl, tokenUrl: own.tokenUrl },
    })
  })

  it.each([
    [{ region: 'mars' }, 'unknown-region', 'region'],
    [{ marketplaces: 'DE, XX' }, 'unknown-marketplace', 'marketplaces'],
    [{ marketplaces: 'DE, JP' }, 'other-region', 'marketplaces'],
  ])('says what is wrong with %o', (over, reason, field) => {
    expect(readSettings({ ...settings, ...over })).toMatchObject({
      error: { code: 'invalid-input', reason, field },
    })
  })

  it('knows each marketplace once, in the region whose host it is asked at', () => {
    expect(new Set(MARKETPLACES.map(({ id }) => id)).size).toBe(MARKETPLACES.length)
    expect(new Set(MARKETPLACES.map(({ country }) => country)).size).toBe(MARKETPLACES.length)
    expect(findMarketplace('a1vc38t7yxb528')).toMatchObject({ country: 'JP', region: 'fe', currency: 'JPY' })
  })
})

describe('signing in', () => {
  const secrets = { clientSecret: 'secret-1', refreshToken: 'Atzr|1' }
  function signIn(respond: HttpResponse, given: Record<string, string> = secrets) {
    const work = amazonSession.signIn({ settings, secrets: given, now: NOW })
    const step = work.next()
    if (step.done === true) return { request: null, result: step.value }
    const end = work.next(respond)
    if (end.done !== true) throw new Error('asks twice')
    return { request: step.value, result: end.value }
  }

  it('sends the refresh token as a form, and counts the life of what it gets', () => {
    const { request, result } = signIn(
      answer(200, {
        access_token: 'Atza|1',
        refresh_token: 'Atzr|1',
        token_type: 'bearer',
        expires_in: 3600,
      }),
    )
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://api.amazon.com/auth/o2/token',
      form: {
        ...{ grant_type: 'refresh_token', refresh_token: 'Atzr|1' },
        ...{ client_id: 'client-1', client_secret: 'secret-1' },
      },
    })
    expect(result).toEqual({
      ok: true,
      value: { headers: { 'x-amz-access-token': 'Atza|1' }, expiresAt: NOW + 3_600_000 },
    })
  })

  it('keeps another refresh token when one comes', () => {
    const { result } = signIn(answer(200, { access_token: 'a', refresh_token: 'Atzr|2', expires_in: 3600 }))
    expect(result).toMatchObject({ value: { renewed: { refreshToken: 'Atzr|2' } } })
  })

  it.each([
    [400, 'invalid_grant', 'authorisation-ended', 'refreshToken'],
    [401, 'invalid_client', 'app-keys-ended', 'clientSecret'],
    [400, 'unauthorized_client', 'app-keys-ended', 'clientId'],
  ])('says what HTTP %d %s means', (status, error, reason, field) => {
    const { result } = signIn(answer(status, { error, error_description: 'No.', request_id: 'r' }))
    expect(result).toMatchObject({
      error: { code: 'auth', reason, field, remoteCode: error, remoteMessage: 'No.' },
    })
  })

  it('calls a server that is down neither a wrong key nor an ended authorisation', () => {
    expect(signIn(answer(503, {})).result).toMatchObject({ error: { code: 'remote-down' } })
    expect(signIn(answer(404, '<html>')).result).toMatchObject({ error: { reason: 'no-api-here' } })
    expect(signIn(answer(200, { hello: 1 })).result).toMatchObject({ error: { reason: 'no-session-token' } })
  })

  it('asks nothing while a key is missing', () => {
    const { request, result } = signIn(answer(200, {}), { clientSecret: 'x' })
    expect(request).toBeNull()
    expect(result).toMatchObject({ error: { reason: 'missing', field: 'refreshToken' } })
  })

  it.each([
    [401, '', true],
    [403, 'The access token you provided has expired.', true],
    [403, 'The access token you provided is revoked, malformed or invalid.', true],
    [403, '', false],
  ])('signs in anew after HTTP %d %s: %s', (status, details, again) => {
    const refusal = {
      errors: [{ code: 'Unauthorized', message: 'Access to requested resource is denied.', details }],
    }
    expect(amazonSession.isRefused(answer(status, refusal))).toBe(again)
  })
})

describe('refusals', () => {
  const refuse = (status: number, code: string, headers = {}) =>
    readAmazon(answer(status, { errors: [{ code, message: 'No.', details: 'Because.' }] }, headers), {
      ...{ name: 'SearchOrders', effect: 'read' },
    })

  it('tells a missing role from an ended session', () => {
    expect(refuse(403, 'Unauthorized')).toMatchObject({
      error: {
        code: 'auth',
        reason: 'role-missing',
        remoteCode: 'Unauthorized',
        remoteMessage: 'No. Because.',
      },
    })
  })

  it('waits for the next token of the operation where Amazon names no time', () => {
    expect(refuse(429, 'QuotaExceeded')).toMatchObject({
      error: { code: 'rate-limited', retryAfterMs: 178_572 },
    })
    expect(refuse(429, 'QuotaExceeded', { 'retry-after': '7' })).toMatchObject({
      error: { retryAfterMs: 7_000 },
    })
  })

  it('learns the rate of the account from answers, and only from numbers', () => {
    expect(rateOf(answer(200, {}, { 'x-amzn-ratelimit-limit': '0.0167' }))).toBe(0.0167)
    for (const said of ['', 'many', '0', '-1', 'Infinity'])
      expect(rateOf(answer(200, {}, { 'x-amzn-ratelimit-limit': said }))).toBeNull()
    expect(rateOf(answer(200, {}))).toBeNull()
  })
})

describe('orders', () => {
  it.each([
    ['PENDING_AVAILABILITY', 'MERCHANT', 'awaiting_payment'],
    ['PENDING', 'AMAZON', 'awaiting_payment'],
    ['UNSHIPPED', 'MERCHANT', 'to_ship'],
    ['UNSHIPPED', 'AMAZON', 'handed_over'],
    ['PARTIALLY_SHIPPED', 'MERCHANT', 'partially_shipped'],
    ['PARTIALLY_SHIPPED', 'AMAZON', 'handed_over'],
    ['SHIPPED', 'AMAZON', 'shipped'],
    ['CANCELLED', 'MERCHANT', 'cancelled'],
    ['UNFULFILLABLE', 'AMAZON', 'cancelled'],
    ['AWAITING_DRONE', 'MERCHANT', 'unknown'],
    ['constructor', 'MERCHANT', 'unknown'],
  ])('%s by %s is %s', (fulfillmentStatus, fulfilledBy, status) => {
    expect(parsed({ fulfillment: { fulfillmentStatus, fulfilledBy } })).toMatchObject({
      ...{ status, rawStatus: fulfillmentStatus },
    })
  })

  it('are delivered when every parcel is that is not void', () => {
    const parcel = (status: string) => ({ packageReferenceId: status, packageStatus: { status } })
    const fulfillment = { fulfillmentStatus: 'SHIPPED' }
    const packages = [parcel('DELIVERED'), parcel('CANCELLED')]
    expect(parsed({ fulfillment, packages })).toMatchObject({
      status: 'delivered',
      fulfilments: [{ state: 'DELIVERED' }],
    })
    expect(parsed({ fulfillment, packages: [...packages, parcel('IN_TRANSIT')] }).status).toBe('shipped')
    expect(parsed({ fulfillment, packages: [] }).status).toBe('shipped')
  })

  it('wait for an answer to the buyer’s wish to cancel, until it was answered', () => {
    const asked = { cancellation: { cancellationRequest: { requester: 'BUYER' } } }
    const done = {
      cancellation: { ...asked.cancellation, cancellationExecution: { cancelledBy: 'MERCHANT' } },
    }
    expect(parsed({ orderItems: [item(asked)] }).status).toBe('cancel_requested')
    expect(
      parsed({ orderItems: [item(), item({ ...done, fulfillment: { quantityUnfulfilled: 0 } })] }),
    ).toMatchObject({
      ...{ status: 'to_ship', lines: [{ quantity: 2 }] },
    })
  })

  it('are read without lines, address or any amount', () => {
    const bare = {
      proceeds: undefined,
      orderItems: [],
      recipient: undefined,
      fulfillment: { fulfillmentStatus: 'PENDING' },
    }
    expect(parsed(bare)).toMatchObject({
      ...{
        lines: [],
        shipTo: null,
        buyerName: '',
        total: { minor: 0, currency: 'EUR' },
        status: 'awaiting_payment',
      },
    })
    expect(parseOrder(rawOrder({ ...bare, salesChannel: { channelName: 'NON_AMAZON' } }))).toMatchObject({
      ok: false,
    })
  })

  it('are read with 200 lines', () => {
    const orderItems = Array.from({ length: 200 }, (_, n) => item({ orderItemId: String(n) }))
    expect(parsed({ orderItems }).lines).toHaveLength(200)
  })

  it.each([
    [{ amount: '19940', currencyCode: 'JPY' }, 19_940],
    [{ amount: '0.1', currencyCode: 'EUR' }, 10],
    [{ amount: '1.250', currencyCode: 'KWD' }, 1_250],
    [{ amount: '90071992547409.91', currencyCode: 'EUR' }, 9_007_199_254_740_991],
  ])('total %o exactly', (grandTotal, minor) => {
    expect(parsed({ proceeds: { grandTotal } }).total.minor).toBe(minor)
  })

  it('refuse an amount that is none', () => {
    for (const amount of ['1e5', '12,50', '', 'NaN'])
      expect(parseOrder(rawOrder({ proceeds: { grandTotal: eur(amount) } }))).toMatchObject({ ok: false })
  })

  it('bring the numbers that customs ask for, and the promised moment', () => {
    const international = { shipping: { internationalShipping: { iossNumber: 'IM2760000742' } } }
    const taxRegistrations = [
      { entityType: 'MERCHANT', taxRegistrationType: 'CNPJ', taxRegistrationNumber: '1' },
      { entityType: 'BUYER', taxRegistrationType: 'VAT', taxRegistrationNumber: '2' },
      { entityType: 'BUYER', taxRegistrationType: 'CPF', taxRegistrationNumber: '12345678909' },
    ]
    const shipByWindow = { latestDateTime: '2026-11-24T23:59:59Z' }
    expect(
      parsed({
        orderItems: [item({ fulfillment: international })],
        tax: { taxRegistrations },
        fulfillment: { fulfillmentStatus: 'UNSHIPPED', shipByWindow },
      }),
    ).toMatchObject({
      ...{ marketplaceTaxId: 'IM2760000742', consigneeId: '12345678909' },
      shipBy: Date.UTC(2026, 10, 24, 23, 59, 59),
    })
  })

  it('put all lines of an address into two', () => {
    const deliveryAddress = {
      ...{ name: ' Ann ', addressLine1: '', addressLine2: 'c/o Bell', addressLine3: 'Harbour 12' },
      ...{ municipality: 'Bremen', countryCode: 'de', postalCode: '28195' },
    }
    expect(parsed({ recipient: { deliveryAddress }, buyer: { buyerEmail: 'a@b.example' } })).toMatchObject({
      buyerName: 'Ann',
      shipTo: {
        name: 'Ann',
        line1: 'c/o Bell',
        line2: 'Harbour 12',
        city: 'Bremen',
        country: 'DE',
        email: 'a@b.example',
      },
    })
  })
})

describe('what was paid', () => {
  const part = (type: string, amount: string, details: Record<string, string> = {}) => ({
    ...{ type, subtotal: eur(amount) },
    detailedBreakdowns: Object.entries(details).map(([subtype, value]) => ({ subtype, value: eur(value) })),
  })
  const sold = (total: string, ...breakdowns: unknown[]) =>
    parsed({
      proceeds: { grandTotal: eur(total) },
      orderItems: [item({ proceeds: { proceedsTotal: eur(total), breakdowns } })],
    })

  it('for one piece is after discounts and with tax that comes on top', () => {
    const order = sold(
      '33.60',
      part('ITEM', '30.00'),
      part('SHIPPING', '3.00'),
      part('DISCOUNT', '-5.00', { ITEM: '-4.00', SHIPPING: '-1.00' }),
      part('TAX', '5.60', { ITEM: '5.00', SHIPPING: '0.60' }),
    )
    expect(order.lines[0]).toMatchObject({
      ...{ unitPrice: { minor: 1550 }, discount: { minor: 400 }, tax: { minor: 500 } },
    })
    expect(order.charges).toEqual({
      ...{ goods: { minor: 3000, currency: 'EUR' }, discount: { minor: 500, currency: 'EUR' } },
      ...{
        shipping: { minor: 300, currency: 'EUR' },
        tax: { minor: 560, currency: 'EUR' },
        taxIncluded: false,
      },
    })
  })

  it('does not count tax twice that is inside', () => {
    const order = sold('30.00', part('ITEM', '30.00'), part('TAX', '4.79'))
    expect(order.lines[0]).toMatchObject({ unitPrice: { minor: 1500 }, tax: { minor: 479 } })
    expect(order.charges).toMatchObject({ goods: { minor: 3000 }, tax: { minor: 479 }, taxIncluded: true })
  })

  it('is the same whatever the sign of a discount', () => {
    for (const off of ['5.00', '-5.00'])
      expect(sold('25.00', part('ITEM', '30.00'), part('DISCOUNT', off)).lines[0]?.unitPrice.minor).toBe(1250)
  })

  it('counts gift wrap with the goods, and what has no meaning here not at all', () => {
    expect(
      sold('33.00', part('ITEM', '30.00'), part('GIFT_WRAP', '3.00'), part('NEW_KIND', '9.00')).charges,
    ).toMatchObject({
      ...{ goods: { minor: 3300 }, shipping: { minor: 0 } },
    })
  })

  it('says nothing of charges that it does not know of every line', () => {
    expect(parsed().charges).toBeUndefined()
    expect(parsed().lines[0]).toEqual({
      ...{
        remoteLineId: '1',
        sku: 'MUG',
        title: 'Mug',
        quantity: 2,
        unitPrice: { minor: 1490, currency: 'EUR' },
      },
    })
  })
})

describe('pulling', () => {
  const start = (input: Partial<Parameters<typeof pullOrders>[0]>) => {
    const work = pullOrders(
      { checkpoint: null, pageToken: null, pageSize: 500, ...input },
      { settings, now: NOW },
    )
    const first = work.next()
    return { work, query: new URL((first.value as HttpRequest).url).searchParams }
  }

  it('asks a month back first, for pages of 100, and leaves the end to Amazon', () => {
    const { query } = start({})
    expect(query.get('lastUpdatedAfter')).toBe(new Date(NOW - 30 * 86_400_000).toISOString())
    expect(query.get('maxResultsPerPage')).toBe('100')
    expect(query.has('lastUpdatedBefore')).toBe(false)
    expect(query.has('createdAfter')).toBe(false)
  })

  it('begins anew at its checkpoint when its page token is a day old, or none of ours', () => {
    const checkpoint = { updatedAt: NOW - 3_600_000, id: '302-1' }
    const token = (begunAt: number) =>
      JSON.stringify({ since: NOW - 86_400_000, token: 'next', begunAt, newest: checkpoint })
    expect(start({ checkpoint, pageToken: token(NOW - 3_600_000) }).query.get('paginationToken')).toBe('next')
    for (const pageToken of [token(NOW - 24 * 3_600_000), '{"page":2}', 'x']) {
      const { query } = start({ checkpoint, pageToken })
      expect(query.has('paginationToken')).toBe(false)
      expect(query.get('lastUpdatedAfter')).toBe(new Date(checkpoint.updatedAt - 300_000).toISOString())
    }
  })

  it('moves the checkpoint with the last page only, over all that it saw', () => {
    const late = rawOrder({ orderId: 'late', lastUpdatedTime: '2026-11-21T10:00:00Z' })
    const early = rawOrder({ orderId: 'early', lastUpdatedTime: '2026-11-20T10:00:00Z' })
    const { work } = start({})
    const first = work.next(answer(200, { orders: [late], pagination: { nextToken: 'two' } })).value
    if (!('ok' in first) || !first.ok) throw new Error('no page')
    expect(first.value.checkpoint).toBeNull()
    const second = start({ pageToken: first.value.nextPage })
    expect(second.query.get('paginationToken')).toBe('two')
    expect(second.query.get('lastUpdatedAfter')).toBe(new Date(NOW - 30 * 86_400_000).toISOString())
    expect(second.work.next(answer(200, { orders: [early] })).value).toMatchObject({
      value: { checkpoint: { updatedAt: Date.parse('2026-11-21T10:00:00Z'), id: 'late' }, nextPage: null },
    })
  })
})

describe('parcels', () => {
  it('have a positive number that depends on the intent alone', () => {
    expect(packageReferenceOf('intent-1')).toBe(packageReferenceOf('intent-1'))
    const numbers = new Set(Array.from({ length: 1_000 }, (_, n) => packageReferenceOf(`intent-${n}`)))
    expect(numbers.size).toBe(1_000)
    for (const number of numbers) expect(number).toMatch(/^[1-9]\d{0,9}$/)
  })

  it('go with Amazon’s code of the carrier, or as another with its name', () => {
    expect(carrierOf('royal-mail')).toEqual({ carrierCode: 'Royal Mail', carrierName: 'royal-mail' })
    expect(carrierOf('Swan Couriers')).toEqual({ carrierCode: 'Other', carrierName: 'Swan Couriers' })
    expect(carrierOf('constructor').carrierCode).toBe('Other')
  })
})
