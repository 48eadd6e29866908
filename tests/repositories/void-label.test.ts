import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, type Result } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Order } from '#core/order/order.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { asFileCopy } from '#core/sync/outbox-machine.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { settleVoided } from '#renderer/sync/settle-void.ts'
import { buyLabel } from '#renderer/usecases/buy-label.ts'
import { dropOutboxRow } from '#renderer/usecases/drop-outbox-row.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { handOver } from '#renderer/usecases/hand-over.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { printDocument } from '#renderer/usecases/print-document.ts'
import { restoreOutboxRow } from '#renderer/usecases/restore-outbox-row.ts'
import { retryOutboxRow } from '#renderer/usecases/retry-outbox-row.ts'
import { voidLabel } from '#renderer/usecases/void-label.ts'
import { connectCarrier } from '#tests/simulation/carrier-actions.ts'
import { checkPurchases, checkVoids } from '#tests/simulation/carrier-invariants.ts'
import { CARRIER, FakeCarrier } from '#tests/simulation/fake-carrier.ts'
import { failAtWrite } from '#tests/support/fail-at-write.ts'
import { attemptFirst } from '#tests/support/sending-round.ts'
import { MUG, openTestDesk, remoteOrder, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

type Voided = Result<OperationOutput<'void-label'>>

let desk: TestDesk
let carrier: FakeCarrier
let orderId: OrderId
let asked: OperationInput<'void-label'>[]
/** What a call answers instead of the carrier; the carrier is asked when there is nothing. */
let script: ((take: () => Promise<Voided>) => Promise<Voided>)[]

beforeEach(async () => {
  desk = await openTestDesk()
  carrier = new FakeCarrier({ rng: desk.rng, now: desk.now, setTimer: () => () => undefined })
  asked = []
  script = []
  const pause = () => Promise.resolve()
  desk.host['connector.buy-label'] = ({ connectionId: _carrier, ...input }) => carrier.buy(input, pause)
  desk.host['connector.resolve-purchase'] = async ({ connectionId: _carrier, ...input }) =>
    carrier.resolve(input)
  desk.host['connector.void-label'] = ({ connectionId: _carrier, priority: _priority, ...input }) => {
    asked.push(input)
    const take = () => carrier.takeBack(input, pause)
    return script.shift()?.(take) ?? take()
  }
  await connectCarrier(desk)
  await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
  orderId = await bought(1)
})

const lost = (): Promise<Voided> => Promise.resolve(err(issue('outcome-unknown', { reason: 'timeout' })))
const voidedButLost = async (take: () => Promise<Voided>): Promise<Voided> => {
  await take()
  return lost()
}

/** An order whose label was bought. */
async function bought(n: number): Promise<OrderId> {
  await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(desk as never, SHOP, [remoteOrder(n)]),
  )
  const place = [SHOP, String(n)]
  const order = (await desk.db.orders.where('[connectionId+remoteId]').equals(place).first())!
  const input = { orderId: order.id, connectionId: CARRIER, service: 'PACKET', grossGrams: 900 }
  expect((await buyLabel(desk, input)).ok).toBe(true)
  await attempt()
  expect(await desk.db.orders.get(order.id)).toMatchObject({ stage: 'label_ready' })
  return order.id
}

const attempt = () => attemptFirst(desk)

const theRow = async (): Promise<OutboxRow> => (await desk.db.outbox.toArray())[0]!
const theOrder = async (): Promise<Order> => (await desk.db.orders.get(orderId))!
const theShipment = async (): Promise<Shipment> =>
  (await desk.db.shipments.where('orderIds').equals(orderId).toArray())[0]!
const print = async () =>
  printDocument(desk, {
    documentId: (await theShipment()).documentId!,
    target: { driver: 'file' },
    copies: 1,
  })
const told = async (): Promise<string[]> => (await desk.db.activity.toArray()).map(({ what }) => what)

async function expectVoided(): Promise<void> {
  expect(carrier.refunds).toHaveLength(1)
  expect(await desk.db.outbox.count()).toBe(0)
  expect(await theShipment()).toMatchObject({ state: 'voided', purchase: { voiding: { state: 'voided' } } })
  expect(await theOrder()).toMatchObject({ stage: 'to_ship', trackingNumber: '' })
  await expectSound()
}

async function expectSound(): Promise<void> {
  expect(await checkVoids(desk.db, carrier)).toEqual([])
  expect(await checkPurchases(desk.db, carrier)).toEqual([])
}

describe('the wish', () => {
  it('is noted with the label and in the outbox, and nothing is void yet', async () => {
    expect(await voidLabel(desk, { orderId })).toMatchObject({ ok: true, value: { state: 'asked' } })
    const { id } = await theRow()
    expect(await theRow()).toMatchObject({
      ...{ kind: 'void-label', connectionId: CARRIER, state: 'queued' },
      payload: { purchaseRemoteId: carrier.sold[0]!.purchaseRemoteId, number: 'FAKE00000001' },
    })
    expect(await theShipment()).toMatchObject({
      state: 'label_stored',
      purchase: { voiding: { intentId: id, state: 'asked' } },
    })
    expect(await theOrder()).toMatchObject({ stage: 'label_ready' })
    expect(await told()).toContain('void-asked')
    expect(carrier.refunds).toEqual([])
  })

  it('keeps the label from being printed, handed over and replaced, and is not made twice', async () => {
    await voidLabel(desk, { orderId })
    expect(await print()).toMatchObject({ error: { reason: 'void-asked' } })
    expect(await desk.db.printJobs.count()).toBe(0)
    expect(await handOver(desk, { orderIds: [orderId] })).toMatchObject({
      value: { handedOver: [], refused: [{ issue: { reason: 'void-asked' } }] },
    })
    const [pool] = await desk.db.pools.toArray()
    await makeLabel(desk, { orderId, poolId: pool!.id, grossGrams: 900 })
    expect(await desk.db.shipments.count()).toBe(1)
    expect(await voidLabel(desk, { orderId })).toMatchObject({ error: { reason: 'void-asked' } })
    expect(await desk.db.outbox.count()).toBe(1)
  })

  it('comes too late for a label that was handed over', async () => {
    expect(await handOver(desk, { orderIds: [orderId] })).toMatchObject({ value: { handedOver: [orderId] } })
    expect(await voidLabel(desk, { orderId })).toMatchObject({ error: { reason: 'shipment-move' } })
    expect(await desk.db.outbox.filter(({ kind }) => kind === 'void-label').count()).toBe(0)
  })

  it('of a number of our own asks nobody, nor one that is thrown away here only', async () => {
    expect(await voidLabel(desk, { orderId, hereOnly: true })).toMatchObject({ value: { state: 'voided' } })
    expect(await theShipment()).toMatchObject({ state: 'voided' })
    const [pool] = await desk.db.pools.toArray()
    await makeLabel(desk, { orderId, poolId: pool!.id, grossGrams: 900 })
    expect(await voidLabel(desk, { orderId })).toMatchObject({ value: { state: 'voided' } })
    expect(await desk.db.outbox.count()).toBe(0)
    expect(asked).toEqual([])
  })

  it('dropped before it left leaves the label as good as before, and comes back as it was', async () => {
    await voidLabel(desk, { orderId })
    const dropped = await dropOutboxRow(desk, { id: (await theRow()).id })
    expect((await theShipment()).purchase).not.toHaveProperty('voiding')
    expect((await print()).ok).toBe(true)
    if (!dropped.ok) throw new Error('not dropped')
    expect((await restoreOutboxRow(desk, { row: dropped.value })).ok).toBe(true)
    expect(await print()).toMatchObject({ error: { reason: 'void-asked' } })
    await attempt()
    await expectVoided()
  })

  it('that was dropped does not come back to a parcel that has left', async () => {
    await voidLabel(desk, { orderId })
    const dropped = await dropOutboxRow(desk, { id: (await theRow()).id })
    await handOver(desk, { orderIds: [orderId] })
    if (!dropped.ok) throw new Error('not dropped')
    expect(await restoreOutboxRow(desk, { row: dropped.value })).toMatchObject({
      error: { reason: 'label-gone' },
    })
  })

  it('from a file waits for a word: the label may have been used since', async () => {
    await voidLabel(desk, { orderId })
    await desk.db.outbox.put(asFileCopy(await theRow()))
    await attempt()
    expect(asked).toEqual([])
    expect(await theRow()).toMatchObject({ held: true })
  })
})

describe('the three outcomes', () => {
  it('voided: label, order and the end of the row are one; the label cannot be printed', async () => {
    await voidLabel(desk, { orderId })
    const { id } = await theRow()
    expect(await attempt()).toBeNull()
    expect(asked).toEqual([{ intentId: id, purchaseRemoteId: carrier.sold[0]!.purchaseRemoteId }])
    await expectVoided()
    expect(await print()).toMatchObject({ error: { reason: 'label-voided' } })
    expect(await told()).toContain('void-confirmed')
    const input = { orderId, connectionId: CARRIER, service: 'PACKET', grossGrams: 900 }
    expect((await buyLabel(desk, input)).ok).toBe(true)
  })

  it('refused: it says why, the label is as good as before, and may be asked for again', async () => {
    carrier.see(carrier.sold[0]!.purchaseRemoteId)
    await voidLabel(desk, { orderId })
    expect(await attempt()).toMatchObject({ code: 'invalid-input', reason: 'void-refused' })
    expect(await theRow()).toMatchObject({ state: 'needs-attention', inFlight: false })
    expect(await theShipment()).toMatchObject({
      state: 'label_stored',
      purchase: {
        voiding: { state: 'refused', refusal: { reason: 'void-refused', remoteCode: 'HTTP 409' } },
      },
    })
    expect(await told()).toContain('void-refused')
    await expectSound()
    carrier.used.clear()
    await retryOutboxRow(desk, { id: (await theRow()).id })
    await attempt()
    await expectVoided()
  })

  it('refused, it is printed and handed over; asked again it is not voided any more', async () => {
    carrier.see(carrier.sold[0]!.purchaseRemoteId)
    await voidLabel(desk, { orderId })
    await attempt()
    const { id } = await theRow()
    expect((await print()).ok).toBe(true)
    expect(await handOver(desk, { orderIds: [orderId] })).toMatchObject({ value: { handedOver: [orderId] } })
    carrier.used.clear()
    await desk.db.outbox.filter(({ kind }) => kind !== 'void-label').delete()
    await retryOutboxRow(desk, { id })
    expect(await attempt()).toMatchObject({ reason: 'label-handed-over' })
    expect(asked).toHaveLength(1)
    expect((await dropOutboxRow(desk, { id })).ok).toBe(true)
    expect(await theShipment()).toMatchObject({ state: 'handed_over' })
    await expectSound()
  })

  it('refused and dropped, the label can be thrown away here', async () => {
    carrier.see(carrier.sold[0]!.purchaseRemoteId)
    await voidLabel(desk, { orderId })
    await attempt()
    await dropOutboxRow(desk, { id: (await theRow()).id })
    expect((await theShipment()).purchase?.voiding).toMatchObject({ state: 'refused' })
    expect(await voidLabel(desk, { orderId, hereOnly: true })).toMatchObject({ value: { state: 'voided' } })
    expect(await theOrder()).toMatchObject({ stage: 'to_ship' })
    await expectSound()
  })

  it.each([
    ['it was voided', voidedButLost],
    ['it was not', lost],
    [
      'the answer cannot be read',
      async (take: () => Promise<Voided>): Promise<Voided> => (await take(), err(issue('malformed'))),
    ],
    ['the call broke off', () => Promise.reject(new Error('port closed'))],
  ])('unknown, and %s: it is asked again under the same intent and voided once', async (_what, answer) => {
    await voidLabel(desk, { orderId })
    const { id } = await theRow()
    script = [answer]
    expect(await attempt()).toMatchObject({ code: 'outcome-unknown' })
    expect(await theRow()).toMatchObject({ state: 'waiting', inFlight: true })
    expect(await dropOutboxRow(desk, { id })).toMatchObject({ error: { reason: 'may-have-voided' } })
    expect(await print()).toMatchObject({ error: { reason: 'void-asked' } })
    await attempt()
    expect(asked.map(({ intentId }) => intentId)).toEqual([id, id])
    await expectVoided()
  })

  it('unknown, and the parcel left by another way: only the carrier knows, so it is asked', async () => {
    await voidLabel(desk, { orderId })
    script = [voidedButLost]
    await attempt()
    await desk.db.shipments.update((await theShipment()).id, { state: 'handed_over' })
    await attempt()
    expect(asked).toHaveLength(2)
    expect(await desk.db.outbox.count()).toBe(0)
    expect(await theShipment()).toMatchObject({
      state: 'handed_over',
      purchase: { voiding: { state: 'voided' } },
    })
  })

  it.each(['rate-limited', 'remote-down', 'auth', 'cancelled'] as const)(
    '%s is none of them: it waits and is asked again',
    async (code) => {
      await voidLabel(desk, { orderId })
      script = [() => Promise.resolve(err(issue(code)))]
      await attempt()
      expect(await theRow()).toMatchObject({ inFlight: false })
      expect(await theShipment()).toMatchObject({ purchase: { voiding: { state: 'asked' } } })
      await desk.db.outbox.update((await theRow()).id, { state: 'waiting', nextAttemptAt: 0 })
      await attempt()
      await expectVoided()
    },
  )

  it('an answer that comes twice counts once', async () => {
    await voidLabel(desk, { orderId })
    const row = (await theRow()) as OutboxRow<'void-label'>
    await attempt()
    const before = await desk.db.activity.count()
    const input = { orderId, connectionId: CARRIER, service: 'PACKET', grossGrams: 900 }
    await buyLabel(desk, input)
    await attempt()
    await settleVoided({ ...desk, aliveSince: 0, breathe: () => Promise.resolve() }, row, {
      outcome: 'voided',
    })
    expect(await theOrder()).toMatchObject({ stage: 'label_ready', trackingNumber: 'FAKE00000002' })
    expect((await told()).filter((what) => what === 'void-confirmed')).toHaveLength(1)
    expect(await desk.db.activity.count()).toBeGreaterThan(before)
  })

  it('what another way out has put at the order stays', async () => {
    await voidLabel(desk, { orderId })
    await desk.db.orders.update(orderId, { stage: 'shipped', trackingNumber: 'OTHER1' })
    await attempt()
    expect(await theOrder()).toMatchObject({ stage: 'shipped', trackingNumber: 'OTHER1' })
    expect(await theShipment()).toMatchObject({ state: 'voided' })
  })
})

it('a crash at any write voids nothing twice and forgets nothing', async () => {
  let crashes = 0
  for (let at = 1; ; at++) {
    orderId = await bought(100 + at)
    await voidLabel(desk, { orderId })
    const crashed = await failAtWrite(desk, at, attempt)
    for (let i = 0; i < 4; i++) await attempt()
    await expectSound()
    expect(await desk.db.outbox.count()).toBe(0)
    expect(await theOrder()).toMatchObject({ stage: 'to_ship' })
    expect(carrier.refunds).toHaveLength(at)
    if (!crashed) break
    crashes++
  }
  expect(crashes).toBeGreaterThan(5)
})
