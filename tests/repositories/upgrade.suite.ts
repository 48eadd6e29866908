import type { OrderId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { readConnections } from '#renderer/data/queries/connections.ts'
import { readDocument, readSettings } from '#renderer/data/queries/desk.ts'
import { isOrderDetail, readOrder } from '#renderer/data/queries/order-detail.ts'
import { readOrderPage, readQueueCounts } from '#renderer/data/queries/order-lists.ts'
import { readOutboxSummary } from '#renderer/data/queries/outbox.ts'
import { readProducts } from '#renderer/data/queries/catalogue.ts'
import { verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { openOrdersWith } from '#renderer/data/repos/orders.repo.ts'
import { restoreDump, type DatabaseDump } from '#tests/repositories/dump.ts'
import { remove, valueOf } from '#tests/repositories/suite-records.ts'

interface UpgradePlace {
  test: (name: string, run: () => Promise<void>) => void
  equal: (actual: unknown, expected: unknown) => void
  openDatabase: (name: string) => Promise<Result<CaravelDatabase>>
  v1: DatabaseDump
  /** What the names of its databases begin with. */
  name: string
}

/** The upgrades' part of the repository suite: an old database comes up to date whole, a newer one is not touched. */
export function runUpgradeSuite({ test, equal, openDatabase, v1, name: place }: UpgradePlace): void {
  test('a database of a later version is left alone', async () => {
    const name = `${place}-later`
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
    const name = `${place}-v1`
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
}
