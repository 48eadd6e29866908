import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionId, DocumentId, OrderId, OutboxId, PrintJobId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { readQueueCounts } from '#renderer/data/queries/order-lists.ts'
import { loadDesk, saveDesk } from '#renderer/data/repos/settings.repo.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { confirmPrint } from '#renderer/usecases/confirm-print.ts'
import { connectShop } from '#renderer/usecases/connect-shop.ts'
import { disconnectShop } from '#renderer/usecases/disconnect-shop.ts'
import { dropOutboxRow } from '#renderer/usecases/drop-outbox-row.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { handOver } from '#renderer/usecases/hand-over.ts'
import { holdOrder } from '#renderer/usecases/hold-order.ts'
import { importNumberRange } from '#renderer/usecases/import-number-range.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { openDemoWorkspace } from '#renderer/usecases/open-demo-workspace.ts'
import { printDocument } from '#renderer/usecases/print-document.ts'
import { releaseOrder } from '#renderer/usecases/release-order.ts'
import { removePool } from '#renderer/usecases/remove-pool.ts'
import { restoreOutboxRow } from '#renderer/usecases/restore-outbox-row.ts'
import { retryOutboxRow } from '#renderer/usecases/retry-outbox-row.ts'
import { saveSettings } from '#renderer/usecases/save-settings.ts'
import { setNote } from '#renderer/usecases/set-note.ts'
import { setPullInterval } from '#renderer/usecases/set-pull-interval.ts'
import { signInAgain } from '#renderer/usecases/sign-in-again.ts'
import { undoHandOver } from '#renderer/usecases/undo-hand-over.ts'
import { MUG, openTestDesk, remoteOrder, SENDER, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

let desk: TestDesk
let orderId: OrderId
let calls: string[]

beforeEach(async () => {
  calls = []
  desk = await openTestDesk()
  const main = desk.host
  desk.host = new Proxy(main, {
    get: (target, channel: keyof HostCalls) => (input: never) => {
      calls.push(channel)
      return target[channel](input)
    },
  })
  await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
  await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(desk as never, SHOP, [remoteOrder(1)]),
  )
  orderId = (await desk.db.orders.toArray())[0]?.id as OrderId
})

async function labelled(): Promise<DocumentId> {
  const [pool] = await desk.db.pools.toArray()
  const made = await makeLabel(desk, { orderId, poolId: pool?.id as never, grossGrams: 900 })
  if (!made.ok) throw new Error(made.error[0]?.reason)
  return made.value.document.id
}

async function outboxRow() {
  await labelled()
  await handOver(desk, { orderIds: [orderId] })
  const [row] = await desk.db.outbox.toArray()
  if (row === undefined) throw new Error('no row')
  return row
}

describe('shops', () => {
  const form = {
    name: '',
    connectorId: 'vendure',
    settings: { baseUrl: 'https://x' },
    secrets: { password: 'p' },
  }

  it('connects, names the shop after its account, and keeps no secret here', async () => {
    const connected = await connectShop(desk, form)
    const stored = await desk.db.connections.get(connected.ok ? connected.value.connectionId : '')
    expect(stored).toMatchObject({ name: 'Shop', needsSignIn: false })
    expect(JSON.stringify(stored)).not.toContain('"p"')
  })

  it('keeps to the terms of a marketplace on buyers’ data, unless somebody has chosen a time', async () => {
    const days = async () => (await loadDesk(desk.db)).retentionDays
    await connectShop(desk, form)
    expect(await days()).toBe(0)
    await connectShop(desk, { ...form, connectorId: 'amazon' })
    expect(await days()).toBe(30)
    await saveDesk(desk.db, { ...(await loadDesk(desk.db)), retentionDays: 90 })
    await connectShop(desk, { ...form, connectorId: 'amazon' })
    expect(await days()).toBe(90)
  })

  it('keeps nothing when the test fails, unless asked', async () => {
    desk.host = {
      ...desk.host,
      ...bound(desk.host),
      'connector.test-connection': () => Promise.resolve(err(issue('auth'))),
    }
    expect(await connectShop(desk, form)).toMatchObject({ ok: false, error: { code: 'auth' } })
    expect([calls.at(-1), await desk.db.connections.count()]).toEqual(['connections.remove', 1])
    await connectShop(desk, { ...form, keepAnyway: true })
    expect(await desk.db.connections.toArray()).toMatchObject([
      { id: SHOP },
      { needsSignIn: true, lastIssue: { code: 'auth' } },
    ])
  })

  it('sends again what waited for the sign-in, and gives an open question time to show', async () => {
    const row = await outboxRow()
    await desk.db.outbox.update(row.id, { state: 'blocked-auth', inFlight: true })
    await desk.db.connections.update(SHOP, { needsSignIn: true })
    await signInAgain(desk, { connectionId: SHOP, settings: {}, secrets: {} })
    expect(await desk.db.outbox.toArray()).toMatchObject([
      { state: 'waiting', nextAttemptAt: desk.now() + 3000 },
    ])
    expect(await desk.db.connections.get(SHOP)).toMatchObject({ needsSignIn: false })
  })

  it('disconnects only when nothing is unsent, and takes orders and counts along', async () => {
    const row = await outboxRow()
    expect(await disconnectShop(desk, { connectionId: SHOP })).toMatchObject({
      ok: false,
      error: { reason: 'unsent-changes' },
    })
    await dropOutboxRow(desk, { id: row.id })
    expect(await disconnectShop(desk, { connectionId: SHOP })).toEqual(ok(null))
    expect([
      await desk.db.connections.count(),
      await desk.db.orders.count(),
      (await readQueueCounts(desk.db)).all,
    ]).toEqual([0, 0, 0])
    expect(await desk.db.shipments.count()).toBe(1)
  })

  it('disconnects and keeps the data: signing in connects the shop again', async () => {
    const row = await outboxRow()
    await dropOutboxRow(desk, { id: row.id })
    const orders = await desk.db.orders.count()
    expect(await disconnectShop(desk, { connectionId: SHOP, keepData: true })).toEqual(ok(null))
    expect(calls.at(-1)).toBe('connections.remove')
    const kept = await desk.db.connections.get(SHOP)
    expect([kept?.disconnectedAt, kept?.needsSignIn]).toEqual([desk.now(), false])
    expect(await desk.db.orders.count()).toBe(orders)
    expect(await signInAgain(desk, { connectionId: SHOP, settings: {}, secrets: {} })).toMatchObject({
      ok: true,
    })
    expect(await desk.db.connections.get(SHOP)).not.toHaveProperty('disconnectedAt')
  })

  it('takes intervals of a minute and more, or none', async () => {
    expect(await setPullInterval(desk, { connectionId: SHOP, pullEveryMs: 1000 })).toMatchObject({
      ok: false,
    })
    expect(await setPullInterval(desk, { connectionId: SHOP, pullEveryMs: 60_000 })).toEqual(ok(null))
    expect(await setPullInterval(desk, { connectionId: SHOP, pullEveryMs: 0 })).toEqual(ok(null))
    // A remote may ask for longer ones.
    await desk.db.connections.update(SHOP, { connectorId: 'amazon' })
    expect(await setPullInterval(desk, { connectionId: SHOP, pullEveryMs: 60_000 })).toMatchObject({
      error: { reason: 'interval-too-short' },
    })
    expect(await setPullInterval(desk, { connectionId: SHOP, pullEveryMs: 300_000 })).toEqual(ok(null))
    expect(await setPullInterval(desk, { connectionId: 'x' as ConnectionId, pullEveryMs: 0 })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
  })
})

describe('orders', () => {
  it('held orders are blocked until released', async () => {
    await holdOrder(desk, { orderId })
    expect((await readQueueCounts(desk.db)).blocked).toBe(1)
    await releaseOrder(desk, { orderId })
    expect((await readQueueCounts(desk.db)).to_ship).toBe(1)
  })

  it('notes have an end', async () => {
    expect(await setNote(desk, { orderId, note: 'x'.repeat(5001) })).toMatchObject({
      ok: false,
      error: { field: 'note' },
    })
    expect(await setNote(desk, { orderId: 'none' as OrderId, note: '' })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
  })

  it('another sender country moves customs borders', async () => {
    await editProductCustoms(desk, { sku: 'MUG', customs: { ...MUG, origin: '' } })
    expect((await readQueueCounts(desk.db)).blocked).toBe(1)
    await saveSettings(desk, { patch: { sender: { ...SENDER, country: 'FR' } } })
    expect((await readQueueCounts(desk.db)).to_ship).toBe(1)
  })
})

describe('numbers', () => {
  it('takes no range twice and keeps pools in use', async () => {
    const [pool] = await desk.db.pools.toArray()
    expect(
      await importNumberRange(desk, {
        service: 'x',
        from: 'RR473124829CN',
        to: 'RR473124829CN',
        lowWater: 0,
      }),
    ).toMatchObject({ ok: false, error: { reason: 'range-overlap' } })
    expect(await importNumberRange(desk, { service: ' ', from: '', to: '', lowWater: 0 })).toMatchObject({
      ok: false,
      error: { field: 'service' },
    })
    await labelled()
    expect(await removePool(desk, { poolId: pool?.id as never })).toMatchObject({
      ok: false,
      error: { reason: 'pool-in-use' },
    })
  })
})

describe('printing', () => {
  it('spools the stored bytes as often as asked, without main drawing again', async () => {
    const documentId = await labelled()
    const [once, again] = [await print(documentId), await print(documentId)]
    expect([once, again]).toMatchObject([
      { ok: true, value: { state: 'sent' } },
      { ok: true, value: { state: 'sent' } },
    ])
    expect(calls.filter((channel) => channel === 'documents.render')).toHaveLength(1)
    const jobId = (once.ok ? once.value.id : '') as PrintJobId
    expect(await confirmPrint(desk, { jobId })).toMatchObject({ ok: true, value: { state: 'confirmed' } })
    expect(await confirmPrint(desk, { jobId })).toMatchObject({ ok: true })
  })

  it('keeps a job that failed, and refuses bytes that changed', async () => {
    const documentId = await labelled()
    desk.host = {
      ...desk.host,
      ...bound(desk.host),
      'printing.print': () => Promise.resolve(err(issue('remote-down', { reason: 'printer' }))),
    }
    expect(await print(documentId)).toMatchObject({ ok: false, error: { reason: 'printer' } })
    const [job] = await desk.db.printJobs.toArray()
    expect(job).toMatchObject({ state: 'failed', lastIssue: { reason: 'printer' } })
    expect(await confirmPrint(desk, { jobId: job?.id as PrintJobId })).toMatchObject({
      ok: false,
      error: { reason: 'not-spooled' },
    })
    await desk.db.documents.update(documentId, { bytes: new Uint8Array([1]) })
    expect(await print(documentId)).toMatchObject({ ok: false, error: { reason: 'stored-document' } })
  })

  const print = (documentId: DocumentId) =>
    printDocument(desk, { documentId, target: { driver: 'file' }, copies: 1 })
})

describe('outbox', () => {
  it('a dropped row comes back as it was, once', async () => {
    const row = await outboxRow()
    const dropped = await dropOutboxRow(desk, { id: row.id })
    expect(await undoHandOver(desk, { orderId })).toMatchObject({
      ok: false,
      error: { reason: 'left-already' },
    })
    expect(await restoreOutboxRow(desk, { row: dropped.ok ? dropped.value : row })).toEqual(ok(row))
    expect(await restoreOutboxRow(desk, { row })).toMatchObject({
      ok: false,
      error: { reason: 'already-there' },
    })
    await undoHandOver(desk, { orderId })
    expect(await restoreOutboxRow(desk, { row })).toMatchObject({ ok: false, error: { reason: 'stage' } })
  })

  it('leaves a row alone that is on its way, and one that is gone', async () => {
    const row = await outboxRow()
    await desk.db.outbox.update(row.id, { state: 'leased', inFlight: true })
    expect(await dropOutboxRow(desk, { id: row.id })).toMatchObject({
      ok: false,
      error: { reason: 'being-sent' },
    })
    expect(await retryOutboxRow(desk, { id: 'none' as OutboxId })).toMatchObject({
      ok: false,
      error: { reason: 'outbox-row' },
    })
  })
})

describe('demo', () => {
  it('can be opened again and again: nothing is doubled, the shops are bound anew', async () => {
    const starts: unknown[] = []
    const seed = {
      shops: [{ shop: 'a', name: 'A', connectorId: 'vendure' }],
      sender: SENDER,
      signer: 'L',
      homeCurrency: 'EUR',
      pools: [{ service: 'S', from: 'RR580000014CN', to: 'RR580000059CN', lowWater: 1 }],
      products: [{ sku: 'CUP', titles: { en: 'Cup' }, customs: MUG }],
    }
    await desk.db.pools.clear()
    desk.host = {
      ...desk.host,
      ...bound(desk.host),
      'demo.describe': () => Promise.resolve(ok(seed)),
      'demo.start': (input) => (starts.push(input), Promise.resolve(ok({}))),
    }
    const steps: string[] = []
    const once = await openDemoWorkspace(desk, { progress: (step) => steps.push(step) })
    expect(once).toMatchObject({ ok: true })
    expect(await openDemoWorkspace(desk)).toEqual(once)
    expect(starts[0]).toEqual(starts[1])
    expect(steps).toEqual(['describing', 'preparing', 'starting-shops', 'ready'])
    expect([
      await desk.db.connections.count(),
      await desk.db.products.where('sku').equals('CUP').count(),
    ]).toEqual([2, 1])
  })
})

/** The proxy's channels as plain properties, so that some can be replaced. */
function bound(host: HostCalls): HostCalls {
  const channels = [
    'connections.save',
    'connections.remove',
    'connector.test-connection',
    'documents.render',
    'printing.print',
  ] as const
  return Object.fromEntries(channels.map((channel) => [channel, host[channel]])) as unknown as HostCalls
}
