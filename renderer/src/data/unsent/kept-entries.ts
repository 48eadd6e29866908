import type { JournalEntry, JournalStore } from '#core/contracts/journal.ts'
import type { ListingId, OrderId } from '#core/shared/ids.ts'
import type { Stage } from '#core/order/order.ts'
import type { OrderFlag, OrderRow, QueueId } from '#core/order/order-row.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { isEmpty } from '#renderer/data/is-empty.ts'
import { readNear } from '#renderer/data/read-near.ts'
import type { StoredOrder } from '#renderer/data/records.ts'
import { orderKey } from '#renderer/data/repos/activity.repo.ts'
import { hasFacts } from '#renderer/data/repos/products.repo.ts'
import { listingKey } from '#renderer/data/repos/listings.repo.ts'
import type { Touched } from '#renderer/data/unsent/touched.ts'

/** A record that is worth keeping twice, or one that no longer is (`undefined`). */
export interface Kept {
  store: JournalStore
  id: string
  value: unknown
}

/** An order goes with what its remote last said: without that, a pull would take the person's edits for old news. */
export interface KeptOrder {
  order: StoredOrder
  shadow: unknown
}

const CLOSED: readonly Stage[] = ['shipped', 'cancelled']
const UNDER_WAY: readonly (Stage & QueueId)[] = ['label_ready', 'handed_over']
const BY_HAND: readonly OrderFlag[] = ['held', 'note', 'customs-override']
/** More orders than this in one unit were judged anew by a rule, not edited by a person. */
const FEW = 20

/** What the writes of this transaction mean for the journal. To be called at its end. */
export async function keptOf(db: CaravelDatabase, touched: Touched): Promise<Kept[]> {
  const ids = (store: JournalStore): string[] => [...(touched.get(store)?.keys() ?? [])]
  const written = [...(touched.get('orders') ?? [])] as [OrderId, StoredOrder | undefined][]
  const orders = await keptOrders(db, written, written.length <= FEW)
  const closed = orders.filter(({ value }) => value === undefined).map(({ id }) => id)
  return [
    ...(touched.get('settings')?.has('desk') === true ? await keptDesk(db) : []),
    ...(await keptRecords(db, 'connections', ids('connections'))),
    ...(await keptRecords(db, 'pools', ids('pools'))),
    ...(await keptProducts(db, ids('products'))),
    ...orders,
    ...(await keptShipments(db, ids('shipments'))),
    ...(await forgottenShipments(db, closed)),
    ...(await keptListings(db, ids('listings') as ListingId[])),
    ...(await keptRecords(db, 'outbox', ids('outbox'))),
    ...(await keptRecords(db, 'reserves', ids('reserves'))),
  ]
}

/**
 * Everything in the store that is to be in the journal; `known` are orders that it keeps already. `whole` after it has missed something:
 * then orders are looked through for a person's work, and products are among it; else it has those already.
 */
export async function allKept(
  db: CaravelDatabase,
  { known, whole }: { known: readonly string[]; whole: boolean },
): Promise<Kept[]> {
  const outbox = await db.outbox.toArray()
  const underWay = (await Promise.all(UNDER_WAY.map((queue) => idsIn(db, queue)))).flat()
  const entities = (kind: string): string[] =>
    outbox.flatMap(({ entityKey }) => (entityKey.startsWith(kind) ? [entityKey.slice(kind.length)] : []))
  const unsent = entities('order:')
  const listings = await keptListings(db, [...new Set(entities('listing:'))] as ListingId[])
  const worked = whole ? await workedOn(db) : []
  const orderIds = [...new Set([...known, ...underWay, ...unsent, ...worked])] as OrderId[]
  const found = await db.orders.bulkGet(orderIds)
  const all = orderIds.map((id, i): [OrderId, StoredOrder | undefined] => [id, found[i]])
  const orders = (await keptOrders(db, all, true)).filter(({ value }) => value !== undefined)
  const shipmentIds = await parcelsOf(
    db,
    orders.map(({ id }) => id),
  )
  const shipments = await keptShipments(db, shipmentIds)
  const products = whole ? await keptProducts(db, await db.products.toCollection().primaryKeys()) : []
  const keys = async (store: 'connections' | 'pools' | 'reserves') =>
    (await db.table(store).toCollection().primaryKeys()) as string[]
  return [
    ...(await keptDesk(db)),
    ...(await keptRecords(db, 'connections', await keys('connections'))),
    ...(await keptRecords(db, 'pools', await keys('pools'))),
    ...products.filter(({ value }) => value !== undefined),
    ...orders,
    ...shipments.filter(({ value }) => value !== undefined),
    ...listings.filter(({ value }) => value !== undefined),
    ...outbox.map((row) => ({ store: 'outbox' as const, id: row.id, value: row })),
    ...(await keptRecords(db, 'reserves', await keys('reserves'))),
  ]
}

export function toEntry({ store, id, value }: Kept, seq: number): JournalEntry {
  return value === undefined ? { kind: 'remove', store, id, seq } : { kind: 'put', store, id, seq, value }
}

async function keptDesk(db: CaravelDatabase): Promise<Kept[]> {
  const row = await db.settings.get('desk')
  return row === undefined ? [] : [{ store: 'settings', id: 'desk', value: row.value }]
}

async function keptRecords(
  db: CaravelDatabase,
  store: 'connections' | 'pools' | 'outbox' | 'reserves',
  ids: readonly string[],
): Promise<Kept[]> {
  if (ids.length === 0) return []
  const found: unknown[] = await db.table(store).bulkGet([...ids])
  return ids.map((id, i) => ({ store, id, value: found[i] }))
}

/** A product is kept for what a person said of it: its titles are pulled again. */
async function keptProducts(db: CaravelDatabase, ids: readonly string[]): Promise<Kept[]> {
  if (ids.length === 0) return []
  const found = await db.products.bulkGet([...ids])
  return ids.map((id, i) => {
    const product = found[i]
    return { store: 'products', id, value: product !== undefined && hasFacts(product) ? product : undefined }
  })
}

/** Orders that are not under way and have a person's hand on them, told by their slim rows. */
async function workedOn(db: CaravelDatabase): Promise<string[]> {
  const open = ['unpaid', 'to_ship', 'blocked', 'parked']
  const rows = await Promise.all(
    open.map((queue) =>
      db.orderRows
        .where('[queue+sortKey+id]')
        .between([queue, -Infinity], [queue, []])
        .filter(isRowWorkedOn)
        .primaryKeys(),
    ),
  )
  return rows.flat()
}

async function keptShipments(db: CaravelDatabase, ids: readonly string[]): Promise<Kept[]> {
  if (ids.length === 0) return []
  const found = await db.shipments.bulkGet([...ids])
  return ids.map((id, i) => {
    const shipment = found[i]
    return { store: 'shipments', id, value: shipment?.state === 'voided' ? undefined : shipment }
  })
}

/** `all`: also those that no person has a hand on. Orders are closed a few at once; of many, those that are closed were so before. */
async function keptOrders(
  db: CaravelDatabase,
  written: readonly [OrderId, StoredOrder | undefined][],
  all: boolean,
): Promise<Kept[]> {
  const isOpen = (order: StoredOrder | undefined): order is StoredOrder =>
    order !== undefined && !CLOSED.includes(order.stage)
  const open = written.flatMap(([, order]) => (isOpen(order) && (all || isWorkedOn(order)) ? [order] : []))
  const shadows =
    open.length === 0
      ? []
      : await readNear(
          db.shadows,
          open.map(({ id }) => orderKey(id)),
        )
  const gone = written.filter(([, order]) => order === undefined || (all && !isOpen(order)))
  return [
    ...gone.map(([id]): Kept => ({ store: 'orders', id, value: undefined })),
    ...open.map((order, i): Kept => {
      return {
        store: 'orders',
        id: order.id,
        value: { order, shadow: shadows[i] ?? null } satisfies KeptOrder,
      }
    }),
  ]
}

/** A listing is kept twice while something of it is unsent. */
async function keptListings(db: CaravelDatabase, ids: readonly ListingId[]): Promise<Kept[]> {
  if (ids.length === 0) return []
  const keys = ids.map(listingKey)
  const unsent = new Set(await db.outbox.where('entityKey').anyOf(keys).keys())
  const listings = await db.listings.bulkGet([...ids])
  return ids.map((id, i) => ({
    store: 'listings',
    id,
    value: unsent.has(listingKey(id)) ? listings[i] : undefined,
  }))
}

/** The same by the slim row. */
function isRowWorkedOn({ queue, flags, tags, assignee, parkedUntil }: OrderRow): boolean {
  const aside = queue === 'parked' || parkedUntil !== null
  return aside || tags.length > 0 || assignee !== '' || flags.some((flag) => BY_HAND.includes(flag))
}

/** A person's hand is on it. */
function isWorkedOn({ stage, held, note, trackingNumber, lines, ...facts }: StoredOrder): boolean {
  const { parked, tags, assignee } = facts
  const named = note !== '' || trackingNumber !== '' || tags !== undefined || assignee !== undefined
  const kept = UNDER_WAY.some((each) => each === stage) || held || parked !== undefined || named
  return kept || lines.some(({ customs }) => customs !== null)
}

/** Parcels of orders that are through need no second copy; their numbers are spent in their pool. */
async function forgottenShipments(db: CaravelDatabase, closed: readonly string[]): Promise<Kept[]> {
  if (closed.length === 0) return []
  const ids = await parcelsOf(db, closed)
  return ids.map((id) => ({ store: 'shipments', id, value: undefined }))
}

/** Each once. All are asked for together: Dexie's `anyOf` waits for the store at each, and a start waits for this. */
async function parcelsOf(db: CaravelDatabase, orderIds: readonly string[]): Promise<string[]> {
  if (await isEmpty(db.shipments)) return []
  const found = await Promise.all(
    orderIds.map((id) => db.shipments.where('orderIds').equals(id).primaryKeys()),
  )
  return [...new Set(found.flat())]
}

/** In one request, where Dexie's `or` goes from key to key. */
async function idsIn(db: CaravelDatabase, queue: QueueId): Promise<string[]> {
  const range = db.orderRows.where('[queue+sortKey+id]').between([queue, -Infinity], [queue, []])
  return range.primaryKeys()
}
