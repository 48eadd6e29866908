import * as ask from './record-queries.ts'
import type { Recorder } from './recorder.ts'

export async function recordOrders({ peer, record, order }: Recorder): Promise<void> {
  await peer.seedOrders(1, { leaveUnpaid: true })
  await record('orders-page', { query: ask.orders, variables: ask.ordersPage(11) })
  await record('orders-second-page', { query: ask.orders, variables: ask.ordersPage(11, 11) })
  await record('orders-empty', {
    query: ask.orders,
    variables: ask.ordersPage(5, 0, '2099-01-01T00:00:00.000Z'),
  })
  await record('orders-with-cart', {
    query: ask.orders,
    variables: { options: { take: 1, filter: { active: { eq: true } } } },
  })
  await record('order-by-id', { query: ask.orderById, variables: { id: order(0).id } })
  await record('order-by-id-unknown', { query: ask.orderById, variables: { id: '999999' } })
}

export async function recordFulfillments(recorder: Recorder): Promise<void> {
  const { record, order } = recorder
  const whole = ask.fulfil(order(0).lines, 'DHL', '00340434161094000017')
  const { addFulfillmentToOrder } =
    (await record('add-fulfillment-ok', { query: ask.addFulfillment, variables: whole })).data ?? {}
  await record('order-after-add-fulfillment', { query: ask.orderById, variables: { id: order(0).id } })
  const ship = { id: addFulfillmentToOrder?.id, state: 'Shipped' }
  await record('transition-fulfillment-ok', { query: ask.transitionFulfillment, variables: ship })
  await record('order-shipped', { query: ask.orderById, variables: { id: order(0).id } })
  await record('add-fulfillment-already', { query: ask.addFulfillment, variables: whole })
  await record('transition-fulfillment-error', { query: ask.transitionFulfillment, variables: ship })
  await record('transition-fulfillment-unknown', {
    query: ask.transitionFulfillment,
    variables: { ...ship, id: '99999' },
  })
  const deliver = { ...ship, state: 'Delivered' }
  await record('transition-fulfillment-delivered', { query: ask.transitionFulfillment, variables: deliver })
  await record('order-delivered', { query: ask.orderById, variables: { id: order(0).id } })
  await recordPartial(recorder)
  await recordWrongTracking(recorder)
}

async function recordPartial({ record, order }: Recorder): Promise<void> {
  const some = order(1)
    .lines.slice(0, 1)
    .map((line) => ({ ...line, quantity: 1 }))
  const part = (
    await record('add-fulfillment-partial', {
      query: ask.addFulfillment,
      variables: ask.fulfil(some, 'UPS', '1Z999AA10000000017'),
    })
  ).data
  await record('transition-fulfillment-partial', {
    query: ask.transitionFulfillment,
    variables: { id: part?.addFulfillmentToOrder?.id, state: 'Shipped' },
  })
  await record('order-partially-shipped', { query: ask.orderById, variables: { id: order(1).id } })
  await record('add-fulfillment-too-many', {
    query: ask.addFulfillment,
    variables: ask.fulfil(order(1).lines, 'UPS', 'X'),
  })
}

/** A tracking code cannot be changed: the fulfillment is cancelled and another one made. */
async function recordWrongTracking({ record, order }: Recorder): Promise<void> {
  const lines = order(2).lines
  const first = (
    await record('add-fulfillment-wrong-code', {
      query: ask.addFulfillment,
      variables: ask.fulfil(lines, 'DHL', 'WRONG'),
    })
  ).data
  const id = first?.addFulfillmentToOrder?.id
  await record('transition-fulfillment-wrong-code', {
    query: ask.transitionFulfillment,
    variables: { id, state: 'Shipped' },
  })
  await record('transition-fulfillment-cancelled', {
    query: ask.transitionFulfillment,
    variables: { id, state: 'Cancelled' },
  })
  await record('order-after-cancelled-fulfillment', {
    query: ask.orderById,
    variables: { id: order(2).id },
  })
  const again = (
    await record('add-fulfillment-again', {
      query: ask.addFulfillment,
      variables: ask.fulfil(lines, 'DHL', 'RIGHT'),
    })
  ).data
  await record('transition-fulfillment-again', {
    query: ask.transitionFulfillment,
    variables: { id: again?.addFulfillmentToOrder?.id, state: 'Shipped' },
  })
  await record('order-after-second-fulfillment', { query: ask.orderById, variables: { id: order(2).id } })
}
