import 'fake-indexeddb/auto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err } from '#core/shared/result.ts'
import { LEASE_MS } from '#core/sync/outbox-machine.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { JudgedToday } from '#renderer/sync/judged-today.ts'
import { OwnWrites } from '#renderer/sync/own-writes.ts'
import { prepareRound, pushRow } from '#renderer/sync/push.ts'
import { buyLabel } from '#renderer/usecases/buy-label.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { voidLabel } from '#renderer/usecases/void-label.ts'
import { connectCarrier } from '#tests/simulation/carrier-actions.ts'
import { checkPurchases, checkVoids } from '#tests/simulation/carrier-invariants.ts'
import { CARRIER, FakeCarrier } from '#tests/simulation/fake-carrier.ts'
import { loseStore, startOnJournal } from '#tests/support/journal-desk.ts'
import { MUG, openTestDesk, remoteOrder, setUpDesk, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

/** What the journal that main keeps makes of purchases when the store is lost. */

let folder: string
let desk: TestDesk
let carrier: FakeCarrier
let orderId: OrderId
let calls: string[]

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'unsent-purchase-'))
  desk = await openTestDesk()
  carrier = new FakeCarrier({ rng: desk.rng, now: desk.now, setTimer: () => () => undefined })
  calls = []
  desk.host['connector.buy-label'] = ({ connectionId: _carrier, ...input }) => {
    calls.push('buy')
    return carrier.buy(input, () => Promise.resolve())
  }
  desk.host['connector.resolve-purchase'] = ({ connectionId: _carrier, ...input }) => {
    calls.push('resolve')
    return Promise.resolve(carrier.resolve(input))
  }
  await start()
  await setUpDesk(desk)
  await connectCarrier(desk)
  await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(desk as never, SHOP, [remoteOrder(1)]),
  )
  await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
  await start()
  orderId = (await desk.db.orders.toArray())[0]!.id
  const asked = await buyLabel(desk, { orderId, connectionId: CARRIER, service: 'PACKET', grossGrams: 900 })
  expect(asked.ok).toBe(true)
})
afterEach(async () => {
  desk.db.close()
  await rm(folder, { recursive: true, force: true })
})

/** A start of the app on the store there is. */
async function start(): Promise<void> {
  await startOnJournal(desk, { folder, store: `store-${path.basename(folder)}` })
}

async function startWithoutStore(): Promise<void> {
  await loseStore(desk.db)
  await start()
}

async function attempt(): Promise<void> {
  desk.at.now += 2 * LEASE_MS
  const deps = {
    ...desk,
    aliveSince: 0,
    breathe: () => Promise.resolve(),
    writes: new OwnWrites(),
    judged: new JudgedToday(),
  }
  const [row] = await prepareRound(deps)
  if (row !== undefined) await pushRow(deps, row.id)
}

async function expectBought(): Promise<void> {
  expect(carrier.sold).toHaveLength(1)
  expect(await checkPurchases(desk.db, carrier)).toEqual([])
  expect(await desk.db.outbox.count()).toBe(0)
  expect(await desk.db.orders.get(orderId)).toMatchObject({
    stage: 'label_ready',
    trackingNumber: 'FAKE00000001',
  })
}

it('an intent comes back with its draft, and asks before it buys: the copy may be older than the last attempt', async () => {
  const before = await desk.db.shipments.toArray()
  await startWithoutStore()
  expect(await desk.db.shipments.toArray()).toEqual(before)
  expect(await desk.db.outbox.toArray()).toMatchObject([
    { inFlight: true, lastIssue: { reason: 'old-copy' } },
  ])
  await attempt()
  expect(calls).toEqual(['resolve', 'buy'])
  await expectBought()
})

it('a label whose answer was lost with the store is found', async () => {
  const buy = desk.host['connector.buy-label']
  desk.host['connector.buy-label'] = async (input) => {
    await buy(input)
    return err(issue('outcome-unknown'))
  }
  await attempt()
  await startWithoutStore()
  await attempt()
  expect(calls).toEqual(['buy', 'resolve'])
  await expectBought()
})

it('bytes of a bought label that are gone come from the carrier again', async () => {
  await attempt()
  await expectBought()
  // Long after it was bought.
  desk.at.now += 40 * 24 * 3_600_000
  const [bought] = await desk.db.shipments.toArray()
  await inUnit(desk.db, { stores: ['shipments', 'orders'], durability: 'strict' }, () =>
    desk.db.shipments.put({ ...bought!, updatedAt: desk.at.now }),
  )
  await startWithoutStore()
  expect(await desk.db.shipments.toArray()).toMatchObject([
    { state: 'draft', trackingNumber: 'FAKE00000001' },
  ])
  await attempt()
  expect(calls).toEqual(['buy', 'resolve'])
  await expectBought()
})

it('a carrier that has forgotten them sells nothing again', async () => {
  await attempt()
  await startWithoutStore()
  carrier.sold.length = 0
  await attempt()
  await attempt()
  expect(calls).toEqual(['buy', 'resolve'])
  expect(await desk.db.outbox.toArray()).toMatchObject([
    { state: 'needs-attention', lastIssue: { reason: 'purchase-vanished' } },
  ])
})

it('a wish to give a label back survives the store: its bytes are fetched, then it is voided', async () => {
  desk.host['connector.void-label'] = ({ connectionId: _carrier, ...input }) => {
    calls.push('void')
    return carrier.takeBack(input, () => Promise.resolve())
  }
  await attempt()
  expect(await voidLabel(desk, { orderId })).toMatchObject({ value: { state: 'asked' } })
  await startWithoutStore()
  expect((await desk.db.outbox.toArray()).map(({ kind }) => kind).sort()).toEqual(['buy-label', 'void-label'])
  for (let i = 0; i < 3; i++) await attempt()
  expect(calls).toEqual(['buy', 'resolve', 'void'])
  expect(carrier.refunds).toHaveLength(1)
  expect(await checkVoids(desk.db, carrier)).toEqual([])
  expect(await checkPurchases(desk.db, carrier)).toEqual([])
  expect(await desk.db.orders.get(orderId)).toMatchObject({ stage: 'to_ship', trackingNumber: '' })
})
