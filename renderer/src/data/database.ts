import Dexie, { type Table } from 'dexie'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Listing } from '#core/listing/listing.ts'
import type { ListingRow } from '#core/listing/listing-row.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import type { NumberPool } from '#core/shipping/number-pool.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import type {
  Activity,
  Conflict,
  Connection,
  Counter,
  IndexPart,
  ListingPicture,
  ReferenceFile,
  OrderChange,
  PrintJob,
  QuarantinedItem,
  StockReserve,
  StoredRateSet,
  Shadow,
  StoredDocument,
  StoredOrder,
  StoredProduct,
  ViewRecord,
} from '#renderer/data/records.ts'
import type { SettingRow } from '#renderer/data/setting-records.ts'
import type { BulkJob, BulkStep } from '#renderer/data/bulk-records.ts'
import { declareVersions } from '#renderer/data/schema/migrations.ts'
import { SCHEMA_VERSION } from '#renderer/data/schema/v8.ts'
import { chosenDurability } from '#renderer/data/durability.ts'
import { storageIssue } from '#renderer/data/storage-issue.ts'
import type { OwnChanges } from '#renderer/data/order-index/own-changes.ts'
import { noteTouched } from '#renderer/data/unsent/touched.ts'
import type { UnsentPort } from '#renderer/data/unsent/unsent-port.ts'
import { guardWrites, type WriteGate } from '#renderer/data/write-gate.ts'

/** A person's own work, before an import moved it (data/places.ts). The demo has a database of its own, so that the two never mix. */
const OWN_DATABASE = 'caravel'

/** The only door to IndexedDB. */
export class CaravelDatabase extends Dexie {
  declare connections: Table<Connection, string>
  declare orders: Table<StoredOrder, string>
  declare orderRows: Table<OrderRow, string>
  declare orderChanges: Table<OrderChange, number>
  declare indexParts: Table<IndexPart, string>
  declare bulkJobs: Table<BulkJob, string>
  declare bulkSteps: Table<BulkStep, string>
  declare savedViews: Table<ViewRecord, string>
  declare counters: Table<Counter, string>
  declare shadows: Table<Shadow, string>
  declare products: Table<StoredProduct, string>
  declare listings: Table<Listing, string>
  declare listingRows: Table<ListingRow, string>
  declare conflicts: Table<Conflict, string>
  declare pictures: Table<ListingPicture, string>
  declare reserves: Table<StockReserve, string>
  declare rateSets: Table<StoredRateSet, string>
  declare referenceFiles: Table<ReferenceFile, string>
  declare shipments: Table<Shipment, string>
  declare documents: Table<StoredDocument, string>
  declare pools: Table<NumberPool, string>
  declare printJobs: Table<PrintJob, string>
  declare outbox: Table<OutboxRow, string>
  declare activity: Table<Activity, string>
  declare quarantine: Table<QuarantinedItem, string>
  declare settings: Table<SettingRow, string>

  /** Where units of work note what must survive the loss of this store; null in tests and before start has set it. */
  unsent: UnsentPort | null = null
  /** What this thread has written, for an index in it; null where there is none. */
  ownChanges: OwnChanges | null = null
  /** Closed by the page while the disk is nearly full. */
  writeGate: WriteGate = () => null

  constructor(name: string) {
    // Chromium 114 writes strictly by default, newer ones do not: say it (reference/sync-perf.md).
    super(name, { autoOpen: false, chromeTransactionDurability: 'strict' })
    declareVersions(this)
    this.use(chosenDurability)
    this.use(noteTouched)
    this.use(guardWrites(() => this.writeGate()))
  }
}

/**
 * Opens a database and brings it to the present layout. Issues: `unsupported.database-newer` when a later
 * Caravel has written it (it is left untouched), `storage-…` when the store itself refuses.
 */
export async function openDatabase(name: string = OWN_DATABASE): Promise<Result<CaravelDatabase>> {
  try {
    if ((await storedVersion(name)) > SCHEMA_VERSION)
      return err(issue('unsupported', { reason: 'database-newer' }))
    const db = new CaravelDatabase(name)
    await db.open()
    return ok(db)
  } catch (error) {
    return err(storageIssue(error))
  }
}

/** Dexie's number of the layout on disk; 0 when there is no such database. */
async function storedVersion(name: string): Promise<number> {
  const found = (await indexedDB.databases()).find((entry) => entry.name === name)
  return Math.floor((found?.version ?? 0) / 10)
}
