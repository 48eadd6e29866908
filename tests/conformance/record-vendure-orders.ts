import { setTimeout as sleep } from 'node:timers/promises'
import type { OperationInput } from '#core/contracts/operations.ts'
import type { Recorder } from '#tests/conformance/record-vendure-kit.ts'
import { shipment } from '#tests/conformance/vendure-bench.ts'
import type { VendurePeer } from '../peers/vendure/peer.ts'

/** Pulling and reading orders, and confirming shipments. */
export async function recordOrders({ peer, run, breakNext }: Recorder): Promise<void> {
  const { orders } = await peer.seed({ products: 3, variantsPerProduct: 2, orders: 11 })
  const [first, second, third, fourth] = orders
  if (!first || !second || !third || !fourth) throw new Error('no orders')
  await peer.cancelOrder(fourth.code)
  await run('test-connection', 'success', {})
  await run('test-connection', 'wrong-password', {}, { secrets: { password: 'wrong' } })
  await run('confirm-shipment', 'success', shipment(first.id, 'RR111111111DE'))
  await run('confirm-shipment', 'already', shipment(first.id, 'RR111111111DE'))
  await run('confirm-shipment', 'conflict', shipment(first.id, 'RR222222222DE'))
  await run('confirm-shipment', 'cancelled', shipment(fourth.id, 'RR222222222DE'))
  await run('confirm-shipment', 'not-found', shipment('999999', 'RR222222222DE'))
  breakNext('AddFulfillment', { kind: 'drop-answer' })
  await run('confirm-shipment', 'lost-answer', shipment(second.id, 'RR333333333DE'))
  await run('confirm-shipment', 'pending', shipment(second.id, 'RR333333333DE'))
  await run('confirm-shipment', 'already-fulfilled', shipment(third.id, 'RR444444444DE'), {
    beforeWrite: () => shipElsewhere(peer, third.lines),
  })
  await sleep(4_000)
  await peer.seedOrders(6)
  await sleep(4_000)
  await peer.seedOrders(3)
  await run('read-orders', 'success', { remoteIds: [first.id, third.id, fourth.id, '999999'] })
  const pull = { checkpoint: null, pageToken: null, pageSize: 100 }
  const whole = await run('pull-orders', 'success', pull)
  const pageSize = 14
  // Two pages of changes, then the sweep's.
  let { checkpoint, pageToken }: Pick<OperationInput<'pull-orders'>, 'checkpoint' | 'pageToken'> = pull
  for (let page = 1; page === 1 || pageToken !== null; page += 1) {
    const input: OperationInput<'pull-orders'> = { ...pull, pageSize, checkpoint, pageToken }
    const answer = await run('pull-orders', `paged-${page}`, input)
    if (!answer.ok) throw new Error(`no page ${page}`)
    checkpoint = answer.value.checkpoint ?? checkpoint
    pageToken = answer.value.nextPage
  }
  if (whole.ok) await run('pull-orders', 'again', { ...pull, checkpoint: whole.value.checkpoint })
  await run('pull-orders', 'empty', { ...pull, checkpoint: { updatedAt: Date.UTC(2099, 0, 1), id: '1' } })
  breakNext('PullOrders', { kind: 'status', status: 500 })
  await run('pull-orders', 'error', pull)
  breakNext('PullOrders', { kind: 'status', status: 429, retryAfter: 30 })
  await run('pull-orders', 'throttled', pull)
}

/** Another desk ships the order between our reading and our writing. */
async function shipElsewhere(peer: VendurePeer, lines: { id: string; quantity: number }[]): Promise<void> {
  await peer.admin(
    `mutation ($input: FulfillOrderInput!) { addFulfillmentToOrder(input: $input) { ... on Fulfillment { id } } }`,
    {
      input: {
        lines: lines.map(({ id, quantity }) => ({ orderLineId: id, quantity })),
        handler: {
          code: 'manual-fulfillment',
          arguments: [
            { name: 'method', value: 'DHL' },
            { name: 'trackingCode', value: 'OTHER' },
          ],
        },
      },
    },
  )
}
