import type { JournalEntry, JournalStore } from '#core/contracts/journal.ts'
import type { z } from '#core/contracts/zod.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { without } from '#core/shared/without.ts'
import type { Clock, IdSource } from '#core/shared/ports.ts'
import type { Order, RemoteOrder } from '#core/order/order.ts'
import type { NumberPool } from '#core/shipping/number-pool.ts'
import type { Shipment, ShipmentState } from '#core/shipping/shipment.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { asOldCopy } from '#core/sync/outbox-machine.ts'
import { addActivity, ofOrder, orderKey, type NewActivity } from '#renderer/data/repos/activity.repo.ts'
import { saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { listingSchema, outboxRowSchema } from '#renderer/data/stored-schemas.ts'
import {
  connectionSchema,
  deskSchema,
  keptOrderSchema,
  poolSchema,
  productSchema,
  reserveSchema,
  shipmentSchema,
} from '#renderer/data/unsent/kept-schemas.ts'
import { searchFor } from '#renderer/data/unsent/search-for.ts'
import { restoreProduct, restoreReserve } from '#renderer/data/unsent/restore-facts.ts'
import { restoreListing } from '#renderer/data/unsent/restore-listing.ts'
import type { Shadow } from '#renderer/data/records.ts'
import { KEPT_TABLES, keptSeq, setKeptSeq } from '#renderer/data/unsent/unsent-journal.ts'

/** What came back into the store. */
export interface Restored {
  outbox: number
  orders: number
  shipments: number
  pools: number
  connections: number
  /** Customs facts that a person typed. */
  products: number
  reserves: number
  /** Entries that did not parse. */
  unreadable: number
}

/** States in which no bytes are missing. */
const AS_IT_WAS: readonly ShipmentState[] = ['draft', 'numbered', 'handed_over']

type Put = Extract<JournalEntry, { kind: 'put' }>

/**
 * Brings the store up to the journal, in one strict transaction: all of it, or the next start does it again. Entries that
 * the store has seen (by number) are left alone: it may have gone on since. Positions of pools only ever move forward.
 * The journal of activity hears of it, in the same transaction. Returns what was restored, or null when the store had everything.
 */
export function restoreKept(
  db: CaravelDatabase,
  { entries, seq }: { entries: readonly JournalEntry[]; seq: number },
  { newId, now }: { newId: IdSource; now: Clock },
): Promise<Restored | null> {
  const tables = [...KEPT_TABLES, 'counters', 'orderChanges', 'documents', 'activity']
  return Promise.resolve(
    db.transaction('rw', tables, async () => {
      const known = await keptSeq(db)
      const missed = entries.filter((entry) => entry.seq > known)
      await advancePools(db, entries)
      if (missed.length === 0) return null
      const restored = await new Replay(db, missed).run()
      if (countRestored(restored) > 0) await addActivity(db, newId, [entryOf(restored, now())])
      await setKeptSeq(db, Math.max(known, seq))
      return restored
    }),
  )
}

/** Records that came back; what could not be read did not. */
export function countRestored({ unreadable: _unreadable, ...counts }: Restored): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** Of the desk, not of each order: what the orders went through is in the entries that were lost with the store. */
function entryOf({ outbox, orders, shipments, products }: Restored, at: number): NewActivity {
  return {
    ...{ entityKey: 'desk', connectionId: '', label: '', at, by: 'here' },
    what: 'unsent-restored',
    values: { changes: outbox, orders, parcels: shipments, products },
  }
}

/** A number that was given out stays spent, whatever became of the store. */
async function advancePools(db: CaravelDatabase, entries: readonly JournalEntry[]): Promise<void> {
  for (const entry of entries) {
    const kept = entry.kind === 'put' && entry.store === 'pools' ? poolSchema.safeParse(entry.value) : null
    if (kept?.success !== true) continue
    const stored = await db.pools.get(kept.data.id)
    if (stored !== undefined && stored.next < kept.data.next)
      await db.pools.put({ ...stored, next: kept.data.next })
  }
}

class Replay {
  readonly #db: CaravelDatabase
  readonly #entries: readonly JournalEntry[]
  /** Orders that the store has under another id meanwhile. */
  readonly #renamed = new Map<string, OrderId>()
  readonly #restored: Restored = {
    ...{ outbox: 0, orders: 0, shipments: 0, pools: 0, connections: 0 },
    ...{ products: 0, reserves: 0, unreadable: 0 },
  }

  constructor(db: CaravelDatabase, entries: readonly JournalEntry[]) {
    this.#db = db
    this.#entries = entries
  }

  async run(): Promise<Restored> {
    for (const store of ['outbox', 'reserves'] as const) {
      const gone = this.#entries.filter((entry) => entry.kind === 'remove' && entry.store === store)
      await this.#db.table(store).bulkDelete(gone.map(({ id }) => id))
    }
    for (const desk of this.#read('settings', deskSchema))
      await this.#db.settings.put({ key: 'desk', value: desk })
    for (const connection of this.#read('connections', connectionSchema)) {
      if ((await this.#db.connections.get(connection.id)) !== undefined) continue
      await this.#db.connections.put(connection)
      this.#restored.connections++
    }
    for (const pool of this.#read('pools', poolSchema)) await this.#restorePool(pool)
    for (const product of this.#read('products', productSchema))
      if (await restoreProduct(this.#db, product)) this.#restored.products++
    for (const kept of this.#read('orders', keptOrderSchema))
      await this.#restoreOrder(kept.order, kept.shadow)
    for (const shipment of this.#read('shipments', shipmentSchema)) await this.#restoreShipment(shipment)
    const rows = this.#read('outbox', outboxRowSchema)
    for (const row of rows) await this.#restoreRow(row)
    for (const listing of this.#read('listings', listingSchema)) await restoreListing(this.#db, listing)
    for (const reserve of this.#read('reserves', reserveSchema)) {
      await restoreReserve(this.#db, reserve)
      this.#restored.reserves++
    }
    return this.#restored
  }

  async #restoreRow(row: OutboxRow): Promise<void> {
    const orderId = row.entityKey.replace(/^order:/, '') as OrderId
    const renamed = this.#renamed.get(orderId)
    // The question was put beside the row, and is gone: the shop is asked again.
    const asked = row.kind === 'push-stock' && row.state === 'blocked-conflict'
    await this.#db.outbox.put({
      ...asOldCopy(row),
      ...(asked ? { state: 'waiting' } : {}),
      entityKey: renamed === undefined ? row.entityKey : orderKey(renamed),
    })
    this.#restored.outbox++
  }

  #read<S extends z.ZodType>(store: JournalStore, schema: S): z.output<S>[] {
    const puts = this.#entries.filter((entry): entry is Put => entry.kind === 'put' && entry.store === store)
    return puts.flatMap(({ value }) => {
      const parsed = schema.safeParse(value)
      if (!parsed.success) this.#restored.unreadable++
      return parsed.success ? [parsed.data] : []
    })
  }

  /** A range that was imported again meanwhile goes on behind the numbers that were spent. */
  async #restorePool(pool: NumberPool): Promise<void> {
    const others = await this.#db.pools.toArray()
    if (others.some(({ id }) => id === pool.id)) return
    const { indicator, country, from, to, next } = pool
    const overlapping = others.filter(
      (each) =>
        each.indicator === indicator && each.country === country && each.from <= to && each.to >= from,
    )
    for (const each of overlapping)
      await this.#db.pools.put({ ...each, next: Math.max(each.next, Math.min(next, each.to + 1)) })
    if (overlapping.length > 0) return
    await this.#db.pools.put(pool)
    this.#restored.pools++
  }

  async #restoreOrder(kept: Order, shadow: unknown): Promise<void> {
    const place = [kept.connectionId, kept.remoteId]
    const there = await this.#db.orders.where('[connectionId+remoteId]').equals(place).first()
    const id = there?.id ?? kept.id
    if (id !== kept.id) this.#renamed.set(kept.id, id)
    await saveOrders(this.#db, [{ ...kept, id }])
    const before = await this.#db.shadows.get(orderKey(id))
    if (before === undefined && isShadow(shadow))
      await this.#db.shadows.put({ ...shadow, entityKey: orderKey(id) })
    if (kept.addressConflict === true) await this.#askAgain({ ...kept, id }, shadow)
    this.#restored.orders++
  }

  /** What both sides began from is not known any more; what they say is. */
  async #askAgain(order: Order, shadow: unknown): Promise<void> {
    const owner = ofOrder(order)
    if ((await this.#db.conflicts.get(owner.entityKey)) !== undefined) return
    const there = isShadow(shadow) ? (shadow.value as Partial<RemoteOrder>).shipTo : null
    const { updatedAt: at } = order
    await this.#db.conflicts.put({
      ...{ ...owner, since: at, updatedAt: at },
      fields: [{ field: 'shipTo', before: null, here: order.shipTo, there: there ?? null }],
    })
  }

  /** A label whose bytes are gone is drawn again with the same number, or asked for again where it was bought: its order is to ship. */
  async #restoreShipment(kept: Shipment): Promise<void> {
    const orderIds = kept.orderIds.map((id) => this.#renamed.get(id) ?? id)
    const orders = (await this.#db.orders.bulkGet(orderIds)).filter((order) => order !== undefined)
    const number = kept.trackingNumber
    const same =
      number === null ? undefined : await this.#db.shipments.where('trackingNumber').equals(number).first()
    if (orders.length === 0 || (same !== undefined && same.id !== kept.id)) return
    const hasLabel = kept.documentId !== null && (await this.#db.documents.get(kept.documentId)) !== undefined
    const shipment = { ...kept, orderIds }
    this.#restored.shipments++
    if (hasLabel || AS_IT_WAS.includes(kept.state)) {
      await this.#db.shipments.put(shipment)
      return
    }
    const bought = shipment.purchase !== undefined
    await this.#db.shipments.put({ ...shipment, state: bought ? 'draft' : 'numbered', documentId: null })
    const row = orders[0] === undefined ? null : searchFor(shipment, orders[0])
    if (row !== null) await this.#db.outbox.put(row)
    const again = orders.filter(({ stage }) => stage === 'label_ready')
    await saveOrders(
      this.#db,
      again.map(({ openSkus: _index, ...order }) => ({
        ...without(order, 'service', 'labelCost', 'printedAt'),
        stage: 'to_ship' as const,
      })),
    )
  }
}

function isShadow(value: unknown): value is Shadow {
  return typeof value === 'object' && value !== null && 'entityKey' in value && 'remoteUpdatedAt' in value
}
