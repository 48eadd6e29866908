import Dexie from 'dexie'
import type { ConnectionId, OrderId, OutboxId } from '#core/shared/ids.ts'
import { makeId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import type { Order } from '#core/order/order.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { readConnections } from '#renderer/data/queries/connections.ts'
import { readDocument, readSettings } from '#renderer/data/queries/desk.ts'
import { isOrderDetail, readOrder } from '#renderer/data/queries/order-detail.ts'
import {
  readOrderPage,
  readQueueCounts,
  watchQueueCounts,
  type PageKey,
} from '#renderer/data/queries/order-lists.ts'
import { readOutboxSummary } from '#renderer/data/queries/outbox.ts'
import { readProducts } from '#renderer/data/queries/catalogue.ts'
import { repairCounters, verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import {
  findByRemoteIds,
  forgetOrders,
  loadOrder,
  openOrdersWith,
  saveOrders,
} from '#renderer/data/repos/orders.repo.ts'
import { loadOutbox, setAside } from '#renderer/data/repos/outbox.repo.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { restoreDump, type DatabaseDump } from '#tests/repositories/dump.ts'
import { runJournalSuite } from '#tests/repositories/journal.suite.ts'

/** What both places offer: vitest over an IndexedDB in memory, and the real app's page. */
export interface SuitePlace {
  test: (name: string, run: () => Promise<void>) => void
  equal: (actual: unknown, expected: unknown) => void
  openDatabase: (name: string) => Promise<Result<CaravelDatabase>>
  /** A database as v1 stored it. */
  v1: DatabaseDump
  /** A database as v2 stored it. */
  v2: DatabaseDump
}

const SHOP = '0000000000shop001' as ConnectionId
const AT = Date.UTC(2026, 10, 22, 8)
const rng = seededRng(11)

function order(n: number, change: Partial<Order> = {}): Order {
  const money = { minor: 1000 + n, currency: 'EUR' }
  return {
    id: makeId<'order'>(AT + n, rng),
    connectionId: SHOP,
    remoteId: String(n),
    number: `A-${n}`,
    status: 'to_ship',
    rawStatus: 'Paid',
    placedAt: AT - n * 1000,
    remoteUpdatedAt: AT,
    shipBy: null,
    currency: 'EUR',
    total: money,
    buyerName: `Zoë ${n}`,
    buyerEmail: '',
    shipTo: null,
    lines: [
      {
        remoteLineId: '1',
        sku: n % 2 ? 'MUG' : 'CUP',
        title: 'Thing',
        quantity: 1,
        unitPrice: money,
        customs: null,
      },
    ],
    fulfilments: [],
    stage: 'to_ship',
    blocked: null,
    blockedField: '',
    blockedDetail: null,
    held: false,
    note: '',
    trackingNumber: '',
    updatedAt: AT,
    ...change,
  }
}

/** The behaviour of storage that everything above relies on. The same cases run in both places. */
export function runRepositorySuite({ test, equal, openDatabase, v1, v2 }: SuitePlace): void {
  let opened = 0
  const run = Math.random().toString(36).slice(2)

  const withDatabase = (name: string, use: (db: CaravelDatabase) => Promise<void>): void =>
    test(name, async () => {
      const db = valueOf(await openDatabase(`repository-suite-${run}-${++opened}`))
      try {
        await use(db)
      } finally {
        db.close()
        await db.delete()
      }
    })
  const save = (db: CaravelDatabase, orders: Order[]) =>
    inUnit(db, { stores: ORDER_STORES, durability: 'strict' }, () => saveOrders(db, orders))

  withDatabase('a unit writes all or nothing', async (db) => {
    const unit = inUnit(db, { stores: ORDER_STORES, durability: 'strict' }, async () => {
      await saveOrders(db, [order(1)])
      throw new Error('stop')
    })
    equal(await unit.then(() => 'written', messageOf), 'stop')
    equal([await db.orders.count(), await db.orderRows.count(), await db.counters.count()], [0, 0, 0])
  })

  withDatabase('a unit asks for the durability it was given', async (db) => {
    const asked: unknown[] = []
    const note = () => {
      const tx = Dexie.currentTransaction.idbtrans
      asked.push([tx.durability, [...tx.objectStoreNames]])
      return db.orders.count()
    }
    await inUnit(db, { stores: ['orders', 'outbox'], durability: 'relaxed' }, note)
    await inUnit(db, { stores: ['orders', 'outbox'], durability: 'strict' }, note)
    equal(asked, [
      ['relaxed', ['orders', 'outbox']],
      ['strict', ['orders', 'outbox']],
    ])
  })

  withDatabase('rows and counters follow the orders', async (db) => {
    const orders = Array.from({ length: 30 }, (_, n) => order(n, n < 10 ? { blocked: 'held' } : {}))
    await save(db, orders)
    await save(
      db,
      orders.slice(0, 5).map((each) => ({ ...each, blocked: null })),
    )
    await save(
      db,
      orders.slice(20).map((each) => ({ ...each, stage: 'shipped' as const })),
    )
    const counts = await readQueueCounts(db)
    equal([counts.to_ship, counts.blocked, counts.shipped, counts.all], [15, 5, 10, 30])
    equal((await readQueueCounts(db, SHOP)).to_ship, 15)
    equal(await verifyCounters(db), [])
  })

  withDatabase('wrong counters are found and put right', async (db) => {
    await save(db, [order(1), order(2)])
    await db.counters.put({ key: 'to_ship', count: 7 })
    await db.counters.put({ key: 'ghost', count: 1 })
    equal((await verifyCounters(db)).map(({ key }) => key).sort(), ['ghost', 'to_ship'])
    equal(await repairCounters(db), 2)
    equal((await readQueueCounts(db)).to_ship, 2)
  })

  withDatabase('pages by keyset show every row once, also when many share a moment', async (db) => {
    await save(
      db,
      Array.from({ length: 57 }, (_, n) => order(n, { placedAt: AT - (n % 5) * 1000 })),
    )
    const seen: string[] = []
    let after: PageKey | null = null
    do {
      const page: Awaited<ReturnType<typeof readOrderPage>> = await readOrderPage(db, {
        queue: 'to_ship',
        connectionId: SHOP,
        after,
        limit: 10,
      })
      seen.push(...page.rows.map(({ id }) => id))
      after = page.next
    } while (after !== null)
    equal([seen.length, new Set(seen).size], [57, 57])
    const all = await readOrderPage(db, { queue: 'all', after: null, limit: 100 })
    equal([all.rows.length, all.next], [57, null])
    equal(
      all.rows.map(({ sortKey }) => sortKey),
      all.rows.map(({ sortKey }) => sortKey).sort((a, b) => a - b),
    )
  })

  withDatabase('one remote order is one record', async (db) => {
    await save(db, [order(1)])
    const twice = await save(db, [order(1)]).then(() => 'written', nameOf)
    equal(twice === 'written', false)
    equal([await db.orders.count(), (await readQueueCounts(db)).all], [1, 1])
  })

  withDatabase('a tracking number belongs to one shipment', async (db) => {
    const shipment = { orderIds: [], trackingNumber: 'RR473124829CN' }
    await db.shipments.add({ ...shipment, id: 'a' } as never)
    const second = await db.shipments.add({ ...shipment, id: 'b' } as never).then(() => 'written', nameOf)
    equal(second, 'ConstraintError')
  })

  withDatabase('open orders are found by SKU, sent ones are not', async (db) => {
    await save(db, [order(1), order(3), order(5, { stage: 'shipped' }), order(2)])
    equal((await openOrdersWith(db, 'MUG')).map(({ number }) => number).sort(), ['A-1', 'A-3'])
  })

  withDatabase('a record that does not parse is an issue, the others go on', async (db) => {
    await save(db, [order(1), order(2)])
    const [broken] = await db.orders.toArray()
    await db.orders.update(broken?.id ?? '', { lines: 'torn' } as never)
    const loaded = await loadOrder(db, broken?.id as OrderId)
    equal(loaded.ok ? '' : loaded.error.reason, 'stored-order')
    const detail = await readOrder(db, broken?.id as OrderId)
    equal(isOrderDetail(detail), false)
    const found = await findByRemoteIds(db, SHOP, ['1', '2'])
    equal(
      [...found.values()].map((each) => each.order === null),
      [true, false],
    )
  })

  withDatabase('outbox rows that do not parse are set aside, nothing is lost', async (db) => {
    await db.outbox.bulkAdd([outboxRow('00a'), { ...outboxRow('00b'), payload: {} } as never])
    const { rows, unreadable } = await loadOutbox(db)
    equal([rows.map(({ id }) => id), unreadable.length], [['00a'], 1])
    await inUnit(db, { stores: ['outbox', 'quarantine'], durability: 'strict' }, () =>
      setAside(db, unreadable, AT),
    )
    equal(
      [await db.outbox.count(), (await db.quarantine.toArray()).map(({ remoteId }) => remoteId)],
      [1, ['outbox:00b']],
    )
    equal(await readOutboxSummary(db), {
      ...{ waiting: 1, attention: 0, conflicts: 0, blockedAuth: 0, held: 0, oldestAt: AT },
    })
  })

  withDatabase('live counts come with a write', async (db) => {
    const counts: number[] = []
    const watching = watchQueueCounts(db).subscribe((value) => counts.push(value.to_ship))
    await until(() => counts.length === 1)
    await save(db, [order(1)])
    await until(() => counts.at(-1) === 1)
    watching.unsubscribe()
    equal(counts, [0, 1])
  })

  withDatabase('a shop that goes takes its rows and counts along', async (db) => {
    await save(
      db,
      Array.from({ length: 12 }, (_, n) => order(n)),
    )
    await save(db, [order(1, { connectionId: '0000000000shop002' as ConnectionId })])
    const forget = () =>
      inUnit(
        db,
        {
          stores: ['orders', 'orderRows', 'orderChanges', 'counters', 'shadows', 'conflicts'],
          durability: 'strict',
        },
        () => forgetOrders(db, SHOP, 10),
      )
    equal([await forget(), await forget(), await db.orders.count()], [10, 2, 1])
    equal(await verifyCounters(db), [])
  })

  test('a database of a later version is left alone', async () => {
    const name = `repository-suite-${run}-later`
    await restoreDump(name, {
      version: 9,
      stores: { orders: 'id', later: 'id' },
      records: { orders: [{ id: 'x' }] },
    })
    const refused = await openDatabase(name)
    equal(refused.ok ? 'opened' : refused.error.reason, 'database-newer')
    await remove(name)
  })

  test('a database of v1 is brought up to date with everything in it', async () => {
    const name = `repository-suite-${run}-v1`
    await restoreDump(name, v1)
    const db = valueOf(await openDatabase(name))
    equal(db.verno, 8)
    const counts = await readQueueCounts(db)
    equal(
      [counts.to_ship, counts.blocked, counts.shipped, counts.handed_over, counts.all],
      [173, 173, 175, 1, 522],
    )
    equal(await verifyCounters(db), [])
    equal(
      (await db.quarantine.toArray()).map(({ remoteId }) => remoteId),
      ['order:522'],
    )
    equal(
      (await readProducts(db, { onlyIncomplete: true })).map(({ sku }) => sku),
      ['CUP'],
    )
    equal((await readConnections(db)).length, 1)
    equal((await readSettings(db)).signer, 'Li Wei')
    equal((await readOutboxSummary(db)).waiting, 1)
    const handedOver = await readOrderPage(db, { queue: 'handed_over', after: null, limit: 5 })
    const detail = await readOrder(db, handedOver.rows[0]?.id as OrderId)
    if (!isOrderDetail(detail)) throw new Error('no detail')
    equal(
      [detail.shipment?.trackingNumber, detail.outbox.length, detail.connection?.name],
      ['RR473124829CN', 1, 'Test shop'],
    )
    const document = await readDocument(db, detail.documents[0]?.id as never)
    equal([...(document?.bytes ?? [])], [37, 80, 68, 70, 0, 255])
    equal((await openOrdersWith(db, 'MUG')).length, 346)
    db.close()
    await remove(name)
  })

  runJournalSuite({ test, withDatabase, equal, openDatabase, v2, name: `repository-suite-${run}-v2` })
}

function outboxRow(id: string) {
  return {
    id: id as OutboxId,
    connectionId: SHOP,
    entityKey: 'order:1',
    entityLabel: 'A-1',
    kind: 'confirm-shipment' as const,
    payload: { orderRemoteId: '1', trackingNumber: 'RR473124829CN', carrier: 'Registered packet' },
    state: 'queued' as const,
    held: false,
    inFlight: false,
    attempts: 0,
    createdAt: AT,
    nextAttemptAt: AT,
    leaseUntil: 0,
    lastIssue: null,
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}.${result.error.reason}`)
  return result.value
}

function remove(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = request.onerror = request.onblocked = () => resolve()
  })
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 10))
}
