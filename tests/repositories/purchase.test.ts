import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { OrderId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, type Result } from '#core/shared/result.ts'
import { ATTEMPT_SLACK_MS, type OperationInput, type OperationOutput } from '#core/contracts/operations.ts'
import type { Order } from '#core/order/order.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { asOldCopy } from '#core/sync/outbox-machine.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { FRESH_DESK } from '#renderer/data/repos/settings.repo.ts'
import { saveSettings } from '#renderer/usecases/save-settings.ts'
import { buyLabel, type BuyLabelInput } from '#renderer/usecases/buy-label.ts'
import { dropOutboxRow } from '#renderer/usecases/drop-outbox-row.ts'
import { editAddress } from '#renderer/usecases/edit-address.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { restoreOutboxRow } from '#renderer/usecases/restore-outbox-row.ts'
import { voidLabel } from '#renderer/usecases/void-label.ts'
import { connectCarrier } from '#tests/simulation/carrier-actions.ts'
import { checkPurchases } from '#tests/simulation/carrier-invariants.ts'
import { CARRIER, FakeCarrier } from '#tests/simulation/fake-carrier.ts'
import { failAtWrite } from '#tests/support/fail-at-write.ts'
import { attemptFirst } from '#tests/support/sending-round.ts'
import { BUYER, MUG, openTestDesk, remoteOrder, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

type Bought = Result<OperationOutput<'buy-label'>>
type Found = Result<OperationOutput<'resolve-purchase'>>
type Step = 'buy' | 'resolve'

let desk: TestDesk
let carrier: FakeCarrier
let orderId: OrderId
/** Calls in the order they came. */
let calls: Step[]
/** What a call answers instead of the carrier; the carrier is asked when there is nothing. */
let script: { buy: ((sell: () => Promise<Bought>) => Promise<Bought>)[]; resolve: Found[] }
let lastBuy: OperationInput<'buy-label'> | null
let searched: OperationInput<'resolve-purchase'>['attempted'][]

beforeEach(async () => {
  desk = await openTestDesk()
  carrier = new FakeCarrier({ rng: desk.rng, now: desk.now, setTimer: () => () => undefined })
  calls = []
  script = { buy: [], resolve: [] }
  lastBuy = null
  searched = []
  desk.host['connector.buy-label'] = ({ connectionId: _carrier, ...input }) => {
    calls.push('buy')
    lastBuy = input
    const sell = () => carrier.buy(input, () => Promise.resolve())
    return script.buy.shift()?.(sell) ?? sell()
  }
  desk.host['connector.resolve-purchase'] = ({ connectionId: _carrier, ...input }) => {
    calls.push('resolve')
    searched.push(input.attempted)
    return Promise.resolve(script.resolve.shift() ?? carrier.resolve(input))
  }
  await connectCarrier(desk)
  await tellOrder()
  await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
  orderId = (await desk.db.orders.toArray())[0]!.id
})

const unclear = issue('outcome-unknown', { reason: 'timeout' })
const lost = (): Promise<Bought> => Promise.resolve(err(unclear))
const soldButLost = async (sell: () => Promise<Bought>): Promise<Bought> => {
  await sell()
  return err(unclear)
}
const refusedWith = (code: Issue['code']) => (): Promise<Bought> => Promise.resolve(err(issue(code)))

function tellOrder(change: Parameters<typeof remoteOrder>[1] = {}): Promise<unknown> {
  return inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(desk as never, SHOP, [remoteOrder(1, change)]),
  )
}

async function ask(change: Partial<BuyLabelInput> = {}): Promise<OutboxRow> {
  const asked = await buyLabel(desk, {
    ...{ orderId, connectionId: CARRIER, service: 'PACKET', grossGrams: 900 },
    ...change,
  })
  if (!asked.ok) throw new Error(JSON.stringify(asked.error))
  return asked.value.row
}

const attempt = () => attemptFirst(desk)

const theRow = async (): Promise<OutboxRow | undefined> => (await desk.db.outbox.toArray())[0]
const theOrder = async (): Promise<Order> => (await desk.db.orders.get(orderId))!
const shipments = () => desk.db.shipments.toArray()

async function expectBought(times = 1): Promise<void> {
  expect(carrier.sold).toHaveLength(times)
  expect(await checkPurchases(desk.db, carrier)).toEqual([])
  expect(await theRow()).toBeUndefined()
}

describe('the three outcomes of a purchase', () => {
  it('bought: bytes, number, stage and the end of the row are there together', async () => {
    const row = await ask()
    expect(await shipments()).toMatchObject([{ state: 'draft', trackingNumber: null, documentId: null }])
    expect(await attempt()).toBeNull()
    expect(calls).toEqual(['buy'])
    expect(lastBuy).toMatchObject({
      ...{ intentId: row.id, service: 'PACKET', to: BUYER, parcel: { grossGrams: 900, sizeMm: null } },
      declaration: { lines: [{ hs6: '691200' }] },
    })
    await expectBought()
    expect(await shipments()).toMatchObject([
      {
        state: 'label_stored',
        trackingNumber: 'FAKE00000001',
        purchase: { asked: null, cost: { minor: 450 } },
      },
    ])
    const paid = { labelCost: { minor: 450, currency: 'EUR' } }
    expect(await theOrder()).toMatchObject({
      ...{ stage: 'label_ready', trackingNumber: 'FAKE00000001' },
      ...paid,
    })
    expect(await desk.db.orderRows.toArray()).toMatchObject([paid])
    const told = (await desk.db.activity.toArray()).map(({ what }) => what)
    expect(told).toEqual(expect.arrayContaining(['purchase-asked', 'label-bought']))
  })

  it('the carrier is sent the lines and letters that it takes, and the order keeps its own', async () => {
    const line1 = 'Zweite Straße hinter dem Alten Rathaus 128'
    await tellOrder({ shipTo: { ...BUYER, line1 } })
    await saveSettings(desk, { patch: { papers: { ...FRESH_DESK.papers, letters: 'ue' } } })
    await ask()
    expect(await attempt()).toBeNull()
    expect(lastBuy?.to).toMatchObject({ line1: 'Zweite Strasse hinter dem Alten', line2: 'Rathaus 128' })
    expect((await theOrder()).shipTo).toMatchObject({ line1, line2: '' })
  })

  it('an address that the carrier has no room for is refused before anything is asked', async () => {
    await tellOrder({ shipTo: { ...BUYER, city: 'x'.repeat(40) } })
    const input = { orderId, connectionId: CARRIER, service: 'PACKET', grossGrams: 900 }
    expect(await buyLabel(desk, input)).toMatchObject({
      error: [{ reason: 'address-line-too-long', field: 'shipTo.city' }],
    })
    expect(await shipments()).toEqual([])
  })

  it('rejected: a person looks, and may drop it', async () => {
    const row = await ask()
    script.buy = [refusedWith('invalid-input')]
    await attempt()
    expect(await theRow()).toMatchObject({ state: 'needs-attention', inFlight: false })
    expect((await desk.db.activity.toArray()).at(-1)).toMatchObject({ what: 'purchase-refused' })
    expect((await dropOutboxRow(desk, { id: row.id })).ok).toBe(true)
    expect(await shipments()).toMatchObject([{ state: 'voided' }])
    await ask()
    await attempt()
    await expectBought()
  })

  it('unknown, and it was bought: the search settles it', async () => {
    await ask()
    script.buy = [soldButLost]
    expect(await attempt()).toMatchObject({ code: 'outcome-unknown' })
    expect(await attempt()).toBeNull()
    expect(calls).toEqual(['buy', 'resolve'])
    await expectBought()
  })

  it('unknown, and nothing exists: it is bought once more under the same intent', async () => {
    const row = await ask()
    script.buy = [lost]
    await attempt()
    await attempt()
    expect(calls).toEqual(['buy', 'resolve', 'buy'])
    expect(lastBuy?.intentId).toBe(row.id)
    await expectBought()
  })

  it.each([
    'not-found',
    'malformed',
    'invalid-input',
    'unsupported',
    'conflict',
    'rate-limited',
    'remote-down',
    'auth',
    'cancelled',
  ] as const)('a search that fails with %s never buys, and leaves the question open', async (code) => {
    const { id } = await ask()
    script.buy = [soldButLost]
    await attempt()
    script.resolve = [err(issue(code))]
    await attempt()
    expect(calls).toEqual(['buy', 'resolve'])
    expect(await theRow()).toMatchObject({ inFlight: true, lastIssue: { code: 'outcome-unknown' } })
    const dropped = await dropOutboxRow(desk, { id })
    expect(dropped).toMatchObject({ ok: false, error: { reason: 'may-have-bought' } })
    // Signed in again.
    await desk.db.outbox.update(id, { state: 'waiting', nextAttemptAt: 0 })
    await attempt()
    await expectBought()
  })

  it.each(['conflict', 'malformed'] as const)(
    'an answer of %s is no refusal: it may be sold',
    async (code) => {
      await ask()
      script.buy = [
        async (sell) => {
          await sell()
          return err(issue(code))
        },
      ]
      await attempt()
      expect(await theRow()).toMatchObject({ state: 'waiting', inFlight: true })
      await attempt()
      await expectBought()
    },
  )

  it('a call that throws is unknown', async () => {
    await ask()
    script.buy = [() => Promise.reject(new Error('port closed'))]
    await attempt()
    await attempt()
    expect(calls).toEqual(['buy', 'resolve', 'buy'])
    await expectBought()
  })
})

describe('when it was attempted', () => {
  /** Two attempts, hours apart, of which the second sold something; returns when they left. */
  async function twoAttempts(): Promise<{ first: number; last: number }> {
    await ask()
    script.buy = [lost, soldButLost]
    await attempt()
    const first = desk.at.now
    desk.at.now += 5 * 3_600_000
    await attempt()
    return { first, last: desk.at.now }
  }

  it('the carrier is told the first and the last request, not when it is asked', async () => {
    const { first, last } = await twoAttempts()
    desk.at.now += 30 * 24 * 3_600_000
    await attempt()
    expect(searched).toEqual([
      { from: first, to: first },
      { from: first, to: last },
    ])
    await expectBought()
  })

  it('a crash before the answer has noted the request that left', async () => {
    await ask()
    let died = (): void => undefined
    const death = new Promise<void>((resolve) => (died = resolve))
    script.buy = [
      async (sell) => {
        await sell()
        died()
        return new Promise(() => undefined)
      },
    ]
    await Promise.race([attempt(), death])
    const left = desk.at.now
    await attempt()
    expect(searched).toEqual([{ from: left, to: left }])
    await expectBought()
  })

  it('the clock was set back between two requests: both are in it', async () => {
    await ask()
    script.buy = [lost, soldButLost]
    await attempt()
    const first = desk.at.now
    desk.at.now -= 3 * 3_600_000
    await desk.db.outbox.toCollection().modify({ nextAttemptAt: 0 })
    await attempt()
    const second = desk.at.now
    expect(second).toBeLessThan(first)
    await attempt()
    expect(searched.at(-1)).toEqual({ from: second, to: first })
    await expectBought()
  })

  it.each([
    ['from before attempts were noted', (row: OutboxRow) => row],
    ['from a copy that may be older than the last attempt', asOldCopy],
  ])('a row %s was tried at any time since it was made', async (_what, copy) => {
    const { id, createdAt } = await ask()
    script.buy = [soldButLost]
    await attempt()
    await desk.db.outbox.toCollection().modify((row) => {
      if (row.kind === 'buy-label') delete row.payload.attempted
    })
    await desk.db.outbox.put(copy((await desk.db.outbox.get(id))!))
    await attempt()
    expect(searched).toEqual([{ from: createdAt, to: desk.at.now }])
    await expectBought()
  })

  it('a carrier that lists by time looks there, and nowhere else', async () => {
    const { intentId, reference } = { intentId: 'i', reference: 'r' }
    const { from, to } = { from: desk.at.now, to: desk.at.now }
    await ask()
    await attempt()
    const sale = carrier.sold[0]!
    carrier.sold[0] = { ...sale, intentId, reference }
    const look = (by: number) =>
      carrier.resolve({ intentId, reference, attempted: { from: from + by, to: to + by } })
    const [soldAt, slack] = [sale.soldAt - from, ATTEMPT_SLACK_MS]
    expect(look(soldAt)).toMatchObject({ value: { outcome: 'bought' } })
    expect(look(soldAt + slack)).toMatchObject({ value: { outcome: 'bought' } })
    expect(look(soldAt + slack + 1)).toMatchObject({ value: { outcome: 'nothing' } })
    expect(look(soldAt - slack - 1)).toMatchObject({ value: { outcome: 'nothing' } })
  })
})

describe('a crash', () => {
  it('at any write loses nothing and buys nothing twice', async () => {
    let crashes = 0
    for (let at = 1; ; at++) {
      const other = await oneMore(at)
      const crashed = await failAtWrite(desk, at, attempt)
      for (let i = 0; i < 4; i++) await attempt()
      expect(await checkPurchases(desk.db, carrier)).toEqual([])
      expect(await desk.db.outbox.count()).toBe(0)
      expect((await desk.db.orders.get(other))?.stage).toBe('label_ready')
      expect(carrier.sold).toHaveLength(at)
      if (!crashed) break
      crashes++
    }
    expect(crashes).toBeGreaterThan(8)
  })

  it.each(['before', 'after'] as const)(
    '%s the request arrived is a question for the carrier',
    async (when) => {
      await ask()
      // The window is gone: its call never comes back.
      const gone = (): Promise<Bought> => new Promise(() => undefined)
      let died = (): void => undefined
      const death = new Promise<void>((resolve) => (died = resolve))
      script.buy = [
        async (sell) => {
          if (when === 'after') await sell()
          died()
          return gone()
        },
      ]
      await Promise.race([attempt(), death])
      expect(await theRow()).toMatchObject({ state: 'leased', inFlight: true })
      await attempt()
      expect(calls).toEqual(when === 'after' ? ['buy', 'resolve'] : ['buy', 'resolve', 'buy'])
      await expectBought()
    },
  )

  it('a search that comes back after another window took over buys nothing', async () => {
    await ask()
    script.buy = [lost]
    await attempt()
    const resolve = desk.host['connector.resolve-purchase']
    let release = (): void => undefined
    const slow = new Promise<void>((done) => (release = done))
    desk.host['connector.resolve-purchase'] = async (input) => {
      desk.host['connector.resolve-purchase'] = resolve
      const found = await resolve(input)
      await slow
      return found
    }
    const first = attempt()
    while (desk.host['connector.resolve-purchase'] !== resolve) await new Promise((done) => setTimeout(done))
    while (calls.length < 2) await new Promise((done) => setTimeout(done))
    await attempt()
    release()
    expect(await first).toBeNull()
    await expectBought()
  })

  /** Another order with a purchase that waits. */
  async function oneMore(n: number): Promise<OrderId> {
    await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
      mergeRemoteOrders(desk as never, SHOP, [remoteOrder(100 + n)]),
    )
    const place = [SHOP, String(100 + n)]
    const order = await desk.db.orders.where('[connectionId+remoteId]').equals(place).first()
    await ask({ orderId: order!.id })
    return order!.id
  }
})

describe('an order that changed meanwhile', () => {
  it('was cancelled while the label was bought: the label is kept, the order says so', async () => {
    await ask()
    script.buy = [
      async (sell) => {
        const sold = await sell()
        await tellOrder({ status: 'cancelled', rawStatus: 'Cancelled', updatedAt: desk.now() + 1 })
        return sold
      },
    ]
    await attempt()
    await expectBought()
    expect(await theOrder()).toMatchObject({
      stage: 'cancelled',
      blocked: 'label-unused',
      trackingNumber: '',
    })
    desk.host['connector.void-label'] = ({ connectionId: _carrier, ...input }) =>
      carrier.takeBack(input, () => Promise.resolve())
    expect(await voidLabel(desk, { orderId })).toMatchObject({ value: { state: 'asked' } })
    expect(await theOrder()).toMatchObject({ blocked: 'label-unused' })
    await attempt()
    expect(await theOrder()).toMatchObject({ blocked: null, stage: 'cancelled' })
  })

  it('was cancelled or moved before: nothing is bought', async () => {
    await ask()
    await editAddress(desk, { orderId, address: { ...BUYER, line1: 'Nebenstr. 2' } })
    expect(await attempt()).toMatchObject({ reason: 'purchase-outdated' })
    expect(await theRow()).toMatchObject({ state: 'needs-attention', inFlight: false })
    expect(calls).toEqual([])
  })

  it('was cancelled while the answer was lost: the label is looked for, none is bought', async () => {
    await ask()
    script.buy = [lost]
    await attempt()
    await tellOrder({ status: 'cancelled', rawStatus: 'Cancelled', updatedAt: desk.now() + 1 })
    await attempt()
    expect(calls).toEqual(['buy', 'resolve'])
    expect(await theRow()).toMatchObject({ state: 'needs-attention', inFlight: false })
    expect(carrier.sold).toEqual([])
  })

  it('a number that another parcel has: the bytes are safe, the row stays and buys nothing', async () => {
    await tellOrder()
    await ask()
    const [draft] = await shipments()
    const other = {
      ...draft!,
      id: 'other' as never,
      orderIds: ['x' as OrderId],
      trackingNumber: 'FAKE00000001',
    }
    await desk.db.shipments.put({ ...other, state: 'label_stored', purchase: undefined })
    await attempt()
    expect(await theRow()).toMatchObject({ state: 'needs-attention', inFlight: true })
    expect(await desk.db.documents.count()).toBe(1)
    const { id } = (await theRow())!
    expect((await dropOutboxRow(desk, { id })).ok).toBe(false)
    await desk.db.shipments.delete('other')
    await desk.db.outbox.update(id, { state: 'waiting', nextAttemptAt: 0 })
    await attempt()
    expect(await desk.db.documents.count()).toBe(1)
    await expectBought()
  })
})

describe('the intent', () => {
  it('is refused beside any live shipment, and keeps other labels away', async () => {
    await ask()
    const again = await buyLabel(desk, { orderId, connectionId: CARRIER, service: 'PACKET', grossGrams: 900 })
    expect(again).toMatchObject({ ok: false, error: [{ reason: 'label-exists' }] })
    const [pool] = await desk.db.pools.toArray()
    const made = await makeLabel(desk, { orderId, poolId: pool!.id, grossGrams: 900 })
    expect(made).toMatchObject({ ok: false, error: [{ reason: 'purchase-under-way' }] })
    expect(await voidLabel(desk, { orderId })).toMatchObject({ error: { reason: 'purchase-under-way' } })
    expect(await desk.db.outbox.count()).toBe(1)
  })

  it('is checked as any label is', async () => {
    const wrong = async (change: Partial<BuyLabelInput>) =>
      buyLabel(desk, { orderId, connectionId: CARRIER, service: 'PACKET', grossGrams: 900, ...change })
    expect(await wrong({ grossGrams: 0 })).toMatchObject({ error: [{ reason: 'weight-unknown' }] })
    expect(await wrong({ service: ' ' })).toMatchObject({ error: [{ reason: 'service-missing' }] })
    expect(await wrong({ connectionId: SHOP })).toMatchObject({ error: [{ reason: 'no-such-operation' }] })
    expect(await desk.db.shipments.count()).toBe(0)
  })

  it('dropped before it left is void, and comes back as it was', async () => {
    const { id } = await ask()
    const dropped = await dropOutboxRow(desk, { id })
    expect(await shipments()).toMatchObject([{ state: 'voided' }])
    if (dropped.ok) expect((await restoreOutboxRow(desk, { row: dropped.value })).ok).toBe(true)
    await attempt()
    await expectBought()
  })

  it('many drafts without a number fit beside each other', async () => {
    await ask()
    const [draft] = await shipments()
    await desk.db.shipments.add({ ...draft!, id: 'second' as never })
    expect(await desk.db.shipments.count()).toBe(2)
  })
})
