import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OperationInput, OperationName } from '#core/contracts/operations.ts'
import { createHttpExecutor, type HttpExecutor } from '#main/http/executor.ts'
import { openDesk, type Desk } from '#tests/conformance/desk.ts'
import type { Exchange, Fixture } from '#tests/conformance/fixture.ts'
import { startFaultProxy } from '#tests/support/fault-proxy.ts'
import { installVendurePeer, startVendurePeer } from '../peers/vendure/peer.ts'

// Writes core/connectors/vendure/fixtures from a real Vendure: `npx tsx tests/conformance/record-vendure-fixtures.ts`.
const folder = fileURLToPath(new URL('../../core/connectors/vendure/fixtures/', import.meta.url))

await installVendurePeer()
const peer = await startVendurePeer()
const proxy = await startFaultProxy(peer.baseUrl)
try {
  await record()
} finally {
  await proxy.stop()
  await peer.stop()
}

async function record(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const { orders } = await peer.seed({ products: 3, variantsPerProduct: 2, orders: 11 })
  const [first, second, third, fourth] = orders
  if (!first || !second || !third || !fourth) throw new Error('no orders')
  await peer.cancelOrder(fourth.code)
  await run('test-connection', 'success', {})
  await run('test-connection', 'wrong-password', {}, { password: 'wrong' })
  await run('confirm-shipment', 'success', shipment(first.id, 'RR111111111DE'))
  await run('confirm-shipment', 'already', shipment(first.id, 'RR111111111DE'))
  await run('confirm-shipment', 'conflict', shipment(first.id, 'RR222222222DE'))
  await run('confirm-shipment', 'cancelled', shipment(fourth.id, 'RR222222222DE'))
  await run('confirm-shipment', 'not-found', shipment('999999', 'RR222222222DE'))
  proxy.plan({ match: ({ operation }) => operation === 'AddFulfillment', fault: { kind: 'drop-answer' } })
  await run('confirm-shipment', 'lost-answer', shipment(second.id, 'RR333333333DE'))
  await run('confirm-shipment', 'pending', shipment(second.id, 'RR333333333DE'))
  await run('confirm-shipment', 'already-fulfilled', shipment(third.id, 'RR444444444DE'), {}, async () => {
    await shipElsewhere(third.id, third.lines)
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
  proxy.plan({ match: ({ operation }) => operation === 'PullOrders', fault: { kind: 'status', status: 500 } })
  await run('pull-orders', 'error', pull)
  proxy.plan({
    match: ({ operation }) => operation === 'PullOrders',
    fault: { kind: 'status', status: 429, retryAfter: 30 },
  })
  await run('pull-orders', 'throttled', pull)
}

/** Another desk ships the order between our reading and our writing. */
async function shipElsewhere(_orderId: string, lines: { id: string; quantity: number }[]): Promise<void> {
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

async function run<N extends OperationName>(
  operation: N,
  name: string,
  input: OperationInput<N>,
  secrets: { password?: string } = {},
  beforeWrite?: () => Promise<void>,
) {
  const exchanges: Exchange[] = []
  const desk: Desk = openDesk(
    {
      connectorId: 'vendure',
      settings: { baseUrl: proxy.baseUrl, username: peer.adminUser },
      secrets: { password: secrets.password ?? peer.adminPassword },
    },
    { execute: recording(exchanges, beforeWrite) },
  )
  const result = await desk.runtime.run(desk.connectionId, operation, input)
  const fixture: Fixture = { recordedFrom: 'Vendure 3.7.3', operation, input, exchanges }
  writeFileSync(`${folder}${operation}.${name}.json`, `${JSON.stringify(fixture, null, 2)}\n`)
  process.stdout.write(`${operation} ${name} ${result.ok ? 'ok' : JSON.stringify(result.error)}\n`)
  return result
}

function recording(exchanges: Exchange[], beforeWrite?: () => Promise<void>): HttpExecutor {
  const execute = createHttpExecutor()
  return async (request, signal) => {
    const json = request.json as { operationName: string; variables: Record<string, unknown> }
    if (request.effect === 'write') await beforeWrite?.()
    const response = await execute(request, signal)
    const variables = 'password' in json.variables ? { ...json.variables, password: '***' } : json.variables
    exchanges.push({
      name: json.operationName,
      variables,
      response:
        response.kind === 'failure'
          ? { kind: 'failure', sent: response.sent, reason: response.reason }
          : {
              kind: 'answer',
              status: response.status,
              headers: {
                'content-type': response.headers['content-type'] ?? '',
                ...(response.headers['retry-after'] === undefined
                  ? {}
                  : { 'retry-after': response.headers['retry-after'] }),
                ...(response.headers['vendure-auth-token'] === undefined
                  ? {}
                  : { 'vendure-auth-token': 'a-session-token' }),
              },
              body: JSON.parse(response.text) as unknown,
            },
    })
    return response
  }
}

function shipment(orderRemoteId: string, trackingNumber: string): OperationInput<'confirm-shipment'> {
  return { intentId: `intent-${trackingNumber}`, orderRemoteId, trackingNumber, carrier: 'Deutsche Post' }
}
