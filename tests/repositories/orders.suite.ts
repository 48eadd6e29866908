import type { ConnectionId, OrderId } from '#core/shared/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { isOrderDetail, readOrder } from '#renderer/data/queries/order-detail.ts'
import {
  readOrderPage,
  readQueueCounts,
  watchQueueCounts,
  type PageKey,
} from '#renderer/data/queries/order-lists.ts'
import { repairCounters, verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { findByRemoteIds, forgetOrders, loadOrder, openOrdersWith } from '#renderer/data/repos/orders.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { AT, nameOf, order, save, SHOP, until } from '#tests/repositories/suite-records.ts'

interface OrdersPlace {
  withDatabase: (name: string, use: (db: CaravelDatabase) => Promise<void>) => void
  equal: (actual: unknown, expected: unknown) => void
}

/** The orders' part of the repository suite: records, rows, counters and lists always say the same. */
export function runOrdersSuite({ withDatabase, equal }: OrdersPlace): void {
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
}
