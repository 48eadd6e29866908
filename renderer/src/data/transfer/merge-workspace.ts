import type { Table } from 'dexie'
import type { ConnectionId, OrderId } from '#core/shared/ids.ts'
import type { Clock, IdSource } from '#core/shared/ports.ts'
import type { Purchase, Shipment } from '#core/shipping/shipment.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { asFileCopy } from '#core/sync/outbox-machine.ts'
import { chainEntries, EMPTY_JOURNAL } from '#core/sync/journal.ts'
import { toStoredProduct } from '#renderer/data/beside-records.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { Activity, Shadow, StoredDocument, StoredOrder, StoredProduct } from '#renderer/data/records.ts'
import { addActivity, orderKey } from '#renderer/data/repos/activity.repo.ts'
import { saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { withSoundContents } from '#renderer/data/repos/products.repo.ts'
import { orderSchema } from '#renderer/data/stored-schemas.ts'
import { isListingChange } from '#core/listing/unsent.ts'
import { ListingsMerge } from '#renderer/data/transfer/merge-listings.ts'
import { mergePools } from '#renderer/data/transfer/merge-pools.ts'
import { mergeReserves } from '#renderer/data/transfer/merge-reserves.ts'
import { mergeViews } from '#renderer/data/transfer/merge-views.ts'
import { nothingMerged } from '#renderer/data/transfer/merged.ts'
import { inUnit, LISTING_STORES, ORDER_STORES, type StoreName } from '#renderer/data/unit-of-work.ts'

/** An order is on its way here; a confirmation of it may still have to leave. */
const UNDER_WAY = ['label_ready', 'handed_over']
const BATCH = 500

/**
 * Lets another workspace join this one. Nothing here is overwritten by something older, settings stay, and numbers that were used on either
 * side are used. Each step is a transaction of its own and doing it again changes nothing, so a merge that was cut off is done again.
 */
export class WorkspaceMerge {
  readonly merged = nothingMerged()
  /** Ids of the other side that stand for something that is here under another id. */
  readonly #connections = new Map<string, ConnectionId>()
  readonly #orders = new Map<string, OrderId>()
  #shadows = new Map<string, Shadow>()
  /** Ids, as here, of orders taken from the other side. */
  readonly #taken = new Set<string>()
  readonly #listings: ListingsMerge

  constructor(
    private readonly db: CaravelDatabase,
    private readonly from: CaravelDatabase,
    private readonly newId: IdSource,
    private readonly now: Clock,
  ) {
    this.#listings = new ListingsMerge(db, (id) => this.#connectionOf(id))
  }

  /** `goOn` is asked between steps; false when a person stopped it, then what joined so far stays. */
  async run(goOn: () => Promise<boolean>): Promise<boolean> {
    const { db, from } = this
    const steps = [
      () => this.#each(from.products, ['products'], (batch) => this.#takeProducts(batch), goOn),
      () =>
        this.#each(
          from.orders,
          [...ORDER_STORES, 'shadows'],
          (batch) => this.#takeOrders(batch),
          goOn,
          (batch) => this.#readShadows(batch),
        ),
      () => this.#each(from.listings, LISTING_STORES, (batch) => this.#listings.take(batch), goOn),
      () => this.#each(from.shipments, ['shipments'], (batch) => this.#takeShipments(batch), goOn),
      () => this.#each(from.documents, ['documents'], (batch) => this.#takeDocuments(batch), goOn),
      () => this.#each(from.printJobs, ['printJobs'], (batch) => this.#takeAbsent(db.printJobs, batch), goOn),
      () => mergePools(db, from),
      () => mergeReserves(db, from, (id) => this.#connectionOf(id)),
      () => this.#each(from.outbox, [...LISTING_STORES, 'orders'], (batch) => this.#takeOutbox(batch), goOn),
      () =>
        this.#each(from.quarantine, ['quarantine'], (batch) => this.#takeAbsent(db.quarantine, batch), goOn),
      () => this.#each(from.rateSets, ['rateSets'], (batch) => this.#takeAbsent(db.rateSets, batch), goOn),
      () => mergeViews(db, from, { shopOf: (id) => this.#connectionOf(id), narrowed: this.merged.narrowed }),
      () => this.#each(from.activity, ['activity'], (batch) => this.#takeActivity(batch), goOn),
    ]
    await this.#mergeConnections()
    for (const step of steps) if (!(await step())) return false
    await this.#note()
    return true
  }

  async #each<T>(
    source: Table<T, string>,
    stores: readonly StoreName[],
    take: (batch: T[]) => Promise<unknown>,
    goOn: () => Promise<boolean>,
    before: (batch: T[]) => Promise<void> = () => Promise.resolve(),
  ): Promise<boolean> {
    const most = source.name === 'documents' ? 20 : BATCH
    let after = ''
    for (;;) {
      const batch = await source.where(':id').above(after).limit(most).toArray()
      const last = batch.at(-1) as { id: string } | undefined
      if (last === undefined) return true
      after = last.id
      await before(batch)
      await inUnit(this.db, { stores, durability: 'strict' }, () => take(batch))
      if (!(await goOn())) return false
    }
  }

  /** Before the unit: inside it, only this database may be waited for. */
  async #readShadows(batch: StoredOrder[]): Promise<void> {
    const found = await this.from.shadows.bulkGet(batch.map(({ id }) => orderKey(id)))
    this.#shadows = new Map(
      found.flatMap((shadow) => (shadow === undefined ? [] : [[shadow.entityKey, shadow]])),
    )
  }

  async #takeDocuments(batch: StoredDocument[]): Promise<void> {
    this.merged.documents += await this.#takeAbsent(this.db.documents, batch)
  }

  /** The same account of the same shop is one, even when it was connected on two machines. */
  async #mergeConnections(): Promise<void> {
    const others = await this.from.connections.toArray()
    await inUnit(this.db, { stores: ['connections'], durability: 'strict' }, async () => {
      const here = await this.db.connections.toArray()
      for (const other of others) {
        const same =
          here.find(({ id }) => id === other.id) ??
          here.find(
            (each) => each.connectorId === other.connectorId && sameSettings(each.settings, other.settings),
          )
        this.#connections.set(other.id, same?.id ?? other.id)
        if (same !== undefined) continue
        // How far the other side has read may be ahead of the orders that are taken: read from the beginning.
        await this.db.connections.add({ ...other, checkpoint: null, pageToken: null, pulling: null })
        this.merged.connections++
      }
    })
  }

  async #takeProducts(batch: StoredProduct[]): Promise<void> {
    const here = await this.db.products
      .where('sku')
      .anyOf(batch.map(({ sku }) => sku))
      .toArray()
    const bySku = new Map(here.map((product) => [product.sku, product]))
    const newer = batch.filter((other) => other.updatedAt > (bySku.get(other.sku)?.updatedAt ?? -Infinity))
    await this.db.products.bulkPut(
      newer.map((other) =>
        toStoredProduct({ ...withSoundContents(other), id: bySku.get(other.sku)?.id ?? other.id }),
      ),
    )
    this.merged.products += newer.length
  }

  async #takeOrders(batch: StoredOrder[]): Promise<void> {
    const others = batch.map((other) => ({ ...other, connectionId: this.#connectionOf(other.connectionId) }))
    const keys = others.map(({ connectionId, remoteId }) => [connectionId, remoteId])
    const here = await this.db.orders.where('[connectionId+remoteId]').anyOf(keys).toArray()
    const known = new Map(here.map((order) => [`${order.connectionId} ${order.remoteId}`, order]))
    const byId = await this.db.orders.bulkGet(others.map(({ id }) => id))
    const newer: StoredOrder[] = []
    others.forEach((other, i) => {
      const mine = known.get(`${other.connectionId} ${other.remoteId}`) ?? byId[i]
      if (mine !== undefined) this.#orders.set(other.id, mine.id)
      if (mine === undefined || isNewer(other, mine)) newer.push({ ...other, id: mine?.id ?? other.id })
    })
    const read = newer.flatMap((other) => orderSchema.safeParse(other).data ?? [])
    await saveOrders(this.db, read)
    for (const { id } of read) this.#taken.add(id)
    this.merged.orders += read.length
    await this.#takeShadows(batch)
  }

  async #takeShadows(batch: StoredOrder[]): Promise<void> {
    const wanted = batch.flatMap((other) => {
      const shadow = this.#shadows.get(orderKey(other.id))
      const id = this.#orderOf(other.id)
      return shadow === undefined || !this.#taken.has(id) ? [] : [{ ...shadow, entityKey: orderKey(id) }]
    })
    await this.db.shadows.bulkPut(wanted)
  }

  async #takeShipments(batch: Shipment[]): Promise<void> {
    const byId = await this.db.shipments.bulkGet(batch.map(({ id }) => id))
    const numbers = batch.flatMap(({ trackingNumber }) => trackingNumber ?? [])
    const sameNumber = await this.db.shipments.where('trackingNumber').anyOf(numbers).toArray()
    const numberOf = new Map(sameNumber.map((each) => [each.trackingNumber, each.id]))
    const newer = batch.filter((other, i) => {
      const holder = other.trackingNumber === null ? undefined : numberOf.get(other.trackingNumber)
      // A number that another parcel here has is on that parcel.
      if (holder !== undefined && holder !== other.id) return false
      return other.updatedAt > (byId[i]?.updatedAt ?? -Infinity)
    })
    await this.db.shipments.bulkPut(
      newer.map((other) => ({
        ...other,
        connectionId: this.#connectionOf(other.connectionId),
        ...(other.purchase === undefined ? {} : { purchase: this.#purchaseOf(other.purchase) }),
        orderIds: other.orderIds.map((id) => this.#orderOf(id)),
      })),
    )
    this.merged.shipments += newer.length
  }

  #purchaseOf(purchase: Purchase): Purchase {
    return { ...purchase, connectionId: this.#connectionOf(purchase.connectionId) }
  }

  async #takeAbsent<T extends { id: string; orderId?: OrderId; connectionId?: ConnectionId }>(
    table: Table<T, string>,
    batch: T[],
  ): Promise<number> {
    const here = await table.bulkGet(batch.map(({ id }) => id))
    const absent = batch.filter((_other, i) => here[i] === undefined)
    await table.bulkAdd(
      absent.map((other) => ({
        ...other,
        ...(other.orderId === undefined ? {} : { orderId: this.#orderOf(other.orderId) }),
        ...(other.connectionId === undefined ? {} : { connectionId: this.#connectionOf(other.connectionId) }),
      })),
    )
    return absent.length
  }

  /**
   * A change that is in the file and not here may have been sent since. It joins only with an order that was taken from the file; where
   * this side knows the order as well or better, its word counts.
   */
  async #takeOutbox(batch: OutboxRow[]): Promise<void> {
    const here = await this.db.outbox.bulkGet(batch.map(({ id }) => id))
    for (const [i, other] of batch.entries()) {
      if (isListingChange(other)) {
        if (here[i] === undefined && (await this.#listings.takeChange(other))) this.merged.outbox++
        continue
      }
      const id = this.#orderOf(other.entityKey.replace(/^order:/, '') as OrderId)
      if (here[i] !== undefined || !this.#taken.has(id)) continue
      const order = await this.db.orders.get(id)
      if (order === undefined || !UNDER_WAY.includes(order.stage)) continue
      const connectionId = this.#connectionOf(other.connectionId)
      await this.db.outbox.add({ ...asFileCopy(other), connectionId, entityKey: orderKey(id) })
      this.merged.outbox++
    }
  }

  /** Entries join at the end of this side's chain, as they were written; their own chain stays in the file. */
  async #takeActivity(batch: Activity[]): Promise<void> {
    const here = await this.db.activity.bulkGet(batch.map(({ id }) => id))
    const absent = batch.filter((_other, i) => here[i] === undefined)
    if (absent.length === 0) return
    const row = await this.db.settings.get('journal')
    const head = row?.key === 'journal' ? row.value : EMPTY_JOURNAL
    const facts = absent.map((other) => ({
      ...other,
      entityKey: this.#keyOf(other.entityKey),
      connectionId: other.connectionId === '' ? ('' as const) : this.#connectionOf(other.connectionId),
    }))
    const chained = chainEntries(head, facts)
    await this.db.activity.bulkAdd(chained.entries as Activity[])
    await this.db.settings.put({ key: 'journal', value: chained.head })
  }

  #note(): Promise<void> {
    const { orders, shipments } = this.merged
    return inUnit(this.db, { stores: ['activity'], durability: 'strict' }, () =>
      addActivity(this.db, this.newId, [
        {
          entityKey: 'desk',
          connectionId: '',
          label: '',
          at: this.now(),
          what: 'workspace-merged',
          values: { orders, shipments },
          by: 'here',
        },
      ]),
    )
  }

  #keyOf(entityKey: string): string {
    const [kind, id = ''] = entityKey.split(':')
    if (kind === 'order') return orderKey(this.#orderOf(id as OrderId))
    return kind === 'connection' ? `connection:${this.#connectionOf(id as ConnectionId)}` : entityKey
  }

  #connectionOf(id: ConnectionId): ConnectionId {
    return this.#connections.get(id) ?? id
  }

  #orderOf(id: OrderId): OrderId {
    return this.#orders.get(id) ?? id
  }
}

/** Newer in what the shop said and in what was done here: taking it loses nothing. */
function isNewer(other: StoredOrder, mine: StoredOrder): boolean {
  return other.remoteUpdatedAt >= mine.remoteUpdatedAt && other.updatedAt > mine.updatedAt
}

function sameSettings(a: Record<string, string>, b: Record<string, string>): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return keys.size > 0 && [...keys].every((key) => a[key] === b[key])
}
