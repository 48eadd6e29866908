import Dexie from 'dexie'
import type { Result } from '#core/shared/result.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { readOutboxSummary } from '#renderer/data/queries/outbox.ts'
import { saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { loadOutbox, setAside } from '#renderer/data/repos/outbox.repo.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import type { DatabaseDump } from '#tests/repositories/dump.ts'
import { runJournalSuite } from '#tests/repositories/journal.suite.ts'
import { runOrdersSuite } from '#tests/repositories/orders.suite.ts'
import { AT, messageOf, nameOf, order, outboxRow, valueOf } from '#tests/repositories/suite-records.ts'
import { runUpgradeSuite } from '#tests/repositories/upgrade.suite.ts'

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

/** The behaviour of storage that everything above relies on. The same cases run in both places. */
export function runRepositorySuite({ test, equal, openDatabase, v1, v2 }: SuitePlace): void {
  let opened = 0
  const name = `repository-suite-${Math.random().toString(36).slice(2)}`

  const withDatabase = (title: string, use: (db: CaravelDatabase) => Promise<void>): void =>
    test(title, async () => {
      const db = valueOf(await openDatabase(`${name}-${++opened}`))
      try {
        await use(db)
      } finally {
        db.close()
        await db.delete()
      }
    })

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

  withDatabase('a tracking number belongs to one shipment', async (db) => {
    const shipment = { orderIds: [], trackingNumber: 'RR473124829CN' }
    await db.shipments.add({ ...shipment, id: 'a' } as never)
    const second = await db.shipments.add({ ...shipment, id: 'b' } as never).then(() => 'written', nameOf)
    equal(second, 'ConstraintError')
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

  runOrdersSuite({ withDatabase, equal })
  runUpgradeSuite({ test, equal, openDatabase, v1, name })
  runJournalSuite({ test, withDatabase, equal, openDatabase, v2, name: `${name}-v2` })
}
