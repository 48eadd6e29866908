import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err } from '#core/shared/result.ts'
import { purgeOrder } from '#core/order/purge-order.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { buyLabel } from '#renderer/usecases/buy-label.ts'
import { confirmPrint } from '#renderer/usecases/confirm-print.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { handOver } from '#renderer/usecases/hand-over.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { printDocument } from '#renderer/usecases/print-document.ts'
import { undoHandOver } from '#renderer/usecases/undo-hand-over.ts'
import { voidLabel } from '#renderer/usecases/void-label.ts'
import { connectCarrier } from '#tests/simulation/carrier-actions.ts'
import { CARRIER, FakeCarrier } from '#tests/simulation/fake-carrier.ts'
import { attemptFirst } from '#tests/support/sending-round.ts'
import { MUG, openTestDesk, remoteOrder, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

/** What an order knows of its parcel, from whoever does something with it; the slim row always says the same. */

let desk: TestDesk
let orderId: OrderId

beforeEach(async () => {
  desk = await openTestDesk()
  await pull({})
  await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
  orderId = (await desk.db.orders.toCollection().first())!.id
})

const pull = (change: Partial<RemoteOrder>) =>
  inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(desk as never, SHOP, [remoteOrder(1, change)]),
  )

async function facts() {
  const { service, printedAt, handedOverAt, newsAt } = (await desk.db.orders.get(orderId))!
  const row = (await desk.db.orderRows.get(orderId))!
  expect([row.service, row.printedAt, row.handedOverAt, row.newsAt]).toEqual([
    ...[service ?? '', printedAt ?? null, handedOverAt ?? null, newsAt ?? null],
  ])
  return { service, printedAt, handedOverAt, newsAt }
}
const NOTHING = { service: undefined, printedAt: undefined, handedOverAt: undefined, newsAt: undefined }

async function label(): Promise<string> {
  const [pool] = await desk.db.pools.toArray()
  const made = await makeLabel(desk, { orderId, grossGrams: 900, poolId: pool!.id })
  if (!made.ok) throw new Error(JSON.stringify(made.error))
  return made.value.shipment.service
}

async function print() {
  const [document] = await desk.db.documents.toArray()
  return printDocument(desk, { documentId: document!.id, target: { driver: 'file' }, copies: 1 })
}

describe('facts of a parcel', () => {
  it('come with label, print, hand-over and the word of the shop, and outlive readings and a purge', async () => {
    expect(await facts()).toEqual(NOTHING)
    const service = await label()
    expect(await facts()).toEqual({ ...NOTHING, service })
    desk.at.now = START + 1000
    const printed = await print()
    const printedAt = START + 1000
    expect(await facts()).toEqual({ ...NOTHING, service, printedAt })
    desk.at.now = START + 2000
    expect(printed.ok && (await confirmPrint(desk, { jobId: printed.value.id }))).toMatchObject({ ok: true })
    expect(await facts()).toEqual({ ...NOTHING, service, printedAt })
    await handOver(desk, { orderIds: [orderId] })
    const gone = { service, printedAt, handedOverAt: START + 2000 }
    expect(await facts()).toEqual({ ...NOTHING, ...gone })
    const fulfilments = [{ remoteId: 'f', state: 'Shipped', carrier: 'Post', trackingNumber: 'RR1' }]
    await pull({ status: 'shipped', updatedAt: START + 3000, fulfilments })
    expect(await facts()).toEqual({ ...NOTHING, ...gone })
    desk.at.now = START + 4000
    await pull({ status: 'delivered', updatedAt: START + 4000, fulfilments })
    expect(await facts()).toEqual({ ...gone, newsAt: START + 4000 })
    desk.at.now = START + 5000
    await pull({ status: 'delivered', updatedAt: START + 5000, fulfilments, number: 'changed' })
    await inUnit(desk.db, { stores: ORDER_STORES, durability: 'strict' }, async () =>
      saveOrders(desk.db, [purgeOrder((await desk.db.orders.get(orderId))!, START)]),
    )
    expect(await facts()).toEqual({ ...gone, newsAt: START + 4000 })
  })

  it('a printer that refused has printed nothing; a print of a void label is no print of the order', async () => {
    await label()
    const spooler = desk.host['printing.print']
    desk.host['printing.print'] = () => Promise.resolve(err(issue('remote-down')))
    expect(await print()).toMatchObject({ ok: false })
    expect((await facts()).printedAt).toBeUndefined()
    desk.host['printing.print'] = spooler
    await print()
    expect((await facts()).printedAt).toBe(START)
    await voidLabel(desk, { orderId })
    expect(await facts()).toEqual(NOTHING)
  })

  it('a hand-over that is taken back never was', async () => {
    const service = await label()
    await handOver(desk, { orderIds: [orderId] })
    await undoHandOver(desk, { orderId })
    expect(await facts()).toEqual({ ...NOTHING, service })
  })

  it('a parcel that the shop wants once more begins anew', async () => {
    const service = await label()
    await print()
    await handOver(desk, { orderIds: [orderId] })
    await pull({ status: 'shipped', updatedAt: START + 3000 })
    await pull({ status: 'delivered', updatedAt: START + 4000 })
    await pull({ status: 'to_ship', updatedAt: START + 5000 })
    expect(await desk.db.orders.get(orderId)).toMatchObject({ stage: 'to_ship' })
    expect(await facts()).toEqual({ ...NOTHING, service })
  })

  it('a bought label brings its service', async () => {
    const carrier = new FakeCarrier({ rng: desk.rng, now: desk.now, setTimer: () => () => undefined })
    desk.host['connector.buy-label'] = ({ connectionId: _carrier, ...input }) =>
      carrier.buy(input, () => Promise.resolve())
    await connectCarrier(desk)
    await buyLabel(desk, { orderId, connectionId: CARRIER, service: 'PACKET', grossGrams: 900 })
    expect(await facts()).toEqual(NOTHING)
    await attemptFirst(desk)
    expect(await facts()).toEqual({ ...NOTHING, service: 'PACKET' })
  })
})
