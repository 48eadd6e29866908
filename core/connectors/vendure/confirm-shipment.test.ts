import { describe, expect, it } from 'vitest'
import type { HttpAnswer, HttpFailure, HttpResponse } from '#core/connectors/_kit/operation.ts'
import { confirmShipment } from '#core/connectors/vendure/operations/confirm-shipment.ts'

const settings = { baseUrl: 'https://shop.example.com', username: 'seller' }
const input = {
  ...{ intentId: 'i1', orderRemoteId: '7', trackingNumber: 'RR1', carrier: 'Deutsche Post' },
}

const answer = (data: unknown): HttpAnswer => ({
  ...{ kind: 'answer', status: 200, headers: {}, text: JSON.stringify({ data }), receivedAt: 0 },
})
const order = (state: string, fulfilments: { state: string }[] = []): HttpAnswer =>
  answer({
    globalSettings: { serverConfig: { moneyStrategyPrecision: 2 } },
    order: {
      ...{ id: '7', code: 'ABC', state, currencyCode: 'EUR', totalWithTax: 2980 },
      updatedAt: '2026-11-22T10:00:00.000Z',
      lines: [{ id: '1', quantity: 2, unitPriceWithTax: 1490, productVariant: { sku: 'MUG', name: 'Mug' } }],
      fulfillments: fulfilments.map((each) => ({
        ...{ id: '70', method: 'Deutsche Post', trackingCode: 'RR1', ...each },
        lines: [{ orderLineId: '1', quantity: 2 }],
      })),
    },
  })
const refused = answer({
  addFulfillmentToOrder: { errorCode: 'ITEMS_ALREADY_FULFILLED_ERROR', message: 'Already.' },
})
const lost: HttpFailure = { kind: 'failure', sent: 'unknown', reason: 'timeout', message: '' }

/** Runs it over these answers; the names of what it asked, and its result. */
function run(answers: readonly [name: string, response: HttpResponse][]) {
  const work = confirmShipment(input, { settings, now: 0 })
  const left = [...answers]
  let step = work.next()
  while (step.done !== true) {
    const [name, response] = left.shift() ?? ['nothing', lost]
    expect(step.value.name).toBe(name)
    step = work.next(response)
  }
  expect(left).toEqual([])
  return step.value
}

describe('a refusal that met an earlier attempt of ours', () => {
  it('sends what that had added and not sent', () => {
    const shipped = answer({ transitionFulfillmentToState: { id: '70', state: 'Shipped' } })
    expect(
      run([
        ['ReadOrder', order('PaymentSettled')],
        ['AddFulfillment', refused],
        ['ReadOrder', order('PaymentSettled', [{ state: 'Pending' }])],
        ['TransitionFulfillment', shipped],
        ['ReadOrder', order('Shipped', [{ state: 'Shipped' }])],
      ]),
    ).toMatchObject({ ok: true, value: { outcome: 'confirmed', fulfilmentRemoteId: '70' } })
  })

  it('is an open question while the order cannot be read', () => {
    expect(
      run([
        ['ReadOrder', order('PaymentSettled')],
        ['AddFulfillment', refused],
        ['ReadOrder', lost],
      ]),
    ).toMatchObject({ ok: false, error: [{ code: 'outcome-unknown', reason: 'not-read-back' }] })
  })

  it('stays a refusal where another parcel has it all', () => {
    const other = order('Shipped', [{ state: 'Shipped' }])
    const theirs = { ...other, text: other.text.replaceAll('RR1', 'RR2') }
    expect(
      run([
        ['ReadOrder', order('PaymentSettled')],
        ['AddFulfillment', refused],
        ['ReadOrder', theirs],
      ]),
    ).toMatchObject({ ok: false, error: [{ code: 'conflict' }] })
  })
})
