import { sameJson } from '#core/shared/same-json.ts'
import { without } from '#core/shared/without.ts'
import type { ConnectionId, OrderId } from '#core/shared/ids.ts'
import { checkOrder, type OrderFacts } from '#core/order/check-order.ts'
import type { Order, RemoteOrder } from '#core/order/order.ts'
import { isWantedAgain, withoutBuyer } from '#core/order/purge-order.ts'
import { reconcileOrder, type ReconcileContext, type Reconciled } from '#core/order/reconcile-order.ts'
import type { FieldConflict } from '#core/sync/merge3.ts'
import { ofOrder, openJournal, orderKey, type OpenJournal } from '#renderer/data/repos/activity.repo.ts'
import { loadConflicts, saveConflict } from '#renderer/data/repos/conflicts.repo.ts'
import { loadShipByRule } from '#renderer/data/repos/connections.repo.ts'
import type { CountChanges } from '#renderer/data/counting.ts'
import { applyCounts } from '#renderer/data/repos/counters.repo.ts'
import { noteOrderChanges } from '#renderer/data/repos/order-changes.repo.ts'
import { loadFacts } from '#renderer/data/repos/facts.repo.ts'
import { findByRemoteIds, putOrders, type FoundOrder } from '#renderer/data/repos/orders.repo.ts'
import { NO_CUSTOMS, saveProducts } from '#renderer/data/repos/products.repo.ts'
import { quarantine, type Unreadable } from '#renderer/data/repos/quarantine.repo.ts'
import type { Conflict, Shadow } from '#renderer/data/records.ts'
import { ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { describeMerge } from '#renderer/sync/describe-merge.ts'
import { keepEditedAddress } from '#renderer/sync/keep-edited-address.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'
import { withoutKnown, type BesideOrders } from '#renderer/sync/without-known.ts'

/** The stores that `mergeRemoteOrders` needs in its unit. */
export const MERGE_STORES = [
  ...ORDER_STORES,
  'connections',
  'shadows',
  'conflicts',
  'products',
  'quarantine',
  'settings',
] as const

/**
 * Puts what the remote says of some orders on top of what is here and writes all that follows: orders, slim rows,
 * counters, shadows, timelines, products of new SKUs. To be called in a unit over MERGE_STORES. One order that cannot
 * be merged is set aside; the others go on. Those of which nothing is new cost
 * no more than reading them, when they are among `judged`.
 */
export async function mergeRemoteOrders(
  deps: SyncDeps,
  connectionId: ConnectionId,
  said: readonly RemoteOrder[],
  { judged = new Set(), here = null }: MergeHints = {},
): Promise<MergedOrders> {
  if (said.length === 0) return NOTHING
  const { db, now } = deps
  const remoteIds = said.map(({ remoteId }) => remoteId)
  const sought = here === null ? remoteIds : remoteIds.filter((id) => here.has(id))
  const found = await findByRemoteIds(db, connectionId, sought)
  const keys = [...found.values()].map(({ id }) => orderKey(id))
  const [shadows, conflicts] = await Promise.all([loadShadows(deps, keys), loadConflicts(db, keys)])
  const beside = { shadows, conflicts }
  const remotes = withoutKnown(said, found, beside, judged)
  if (remotes.length === 0) return NOTHING
  const skus = remotes.flatMap(({ lines }) => lines.map(({ sku }) => sku))
  const [facts, rule, journal] = await Promise.all([
    loadFacts(db, skus, deps.rules, now()),
    loadShipByRule(db, connectionId),
    openJournal(db, deps.newId),
  ])
  await addNewProducts(deps, remotes, facts)
  const merge = new Merge(deps, { connectionId, ...rule }, facts, found, beside)
  const changes: CountChanges = new Map()
  const written: Promise<unknown>[] = []
  for (const part of inParts(remotes)) {
    for (const remote of part) merge.take(remote)
    written.push(...merge.write(changes, journal))
  }
  const asked = [...merge.conflicts].map(([key, { owner, fields }]) =>
    saveConflict(db, owner, fields, { before: conflicts.get(key), now: now() }),
  )
  // One wait for all: Dexie loses sight of writes that are left alone while something else is waited for.
  await Promise.all([...written, ...asked, quarantine(db, merge.unreadable, now()), journal.close()])
  await applyCounts(db, changes)
  await noteOrderChanges(db, merge.changed)
  return { written: merge.changed.length, judged: merge.judged }
}

/** What a pull knows of its orders beforehand. */
export interface MergeHints {
  /** Orders that are judged already: they are left alone when nothing is new of them. */
  judged?: ReadonlySet<OrderId>
  /** Remote ids of all that is here of the shop; null when that is not known. */
  here?: ReadonlySet<string> | null
}

/** So many are with the store while the next are merged. */
const PART = 100

/** A page in parts; all of it in one when an order is on it twice, because no order may be written in two parts. */
function* inParts(remotes: readonly RemoteOrder[]): Generator<readonly RemoteOrder[]> {
  const distinct = new Set(remotes.map(({ remoteId }) => remoteId)).size === remotes.length
  const size = distinct ? PART : remotes.length
  for (let i = 0; i < remotes.length; i += size) yield remotes.slice(i, i + size)
}

/** What became of a page. */
export interface MergedOrders {
  /** How many orders were written. */
  written: number
  /** Those whose verdict was looked at. */
  judged: readonly OrderId[]
}

const NOTHING: MergedOrders = { written: 0, judged: [] }

/** One page's merge in memory; a remote that appears twice on the page is merged twice, in page order. */
class Merge {
  /** Orders that were written, each as often as it was. */
  readonly changed: OrderId[] = []
  #orders = new Map<OrderId, Order>()
  #shadows = new Map<string, Shadow>()
  /** Orders nothing was stored under before. */
  readonly #fresh = new Set<OrderId>()
  /** By entity key: those that begin, change or end. */
  readonly conflicts = new Map<string, { owner: ReturnType<typeof ofOrder>; fields: FieldConflict[] }>()
  readonly unreadable: Unreadable[] = []
  #activity: ReturnType<typeof describeMerge> = []
  readonly judged: OrderId[] = []
  readonly #deps: SyncDeps
  readonly #shop: Pick<ReconcileContext, 'connectionId' | 'handlingDays' | 'calendar'>
  readonly #facts: OrderFacts
  readonly #found: Map<string, FoundOrder>
  readonly #before: Map<string, Shadow>
  readonly #open: Map<string, Conflict>

  constructor(
    deps: SyncDeps,
    shop: Pick<ReconcileContext, 'connectionId' | 'handlingDays' | 'calendar'>,
    facts: OrderFacts,
    found: Map<string, FoundOrder>,
    beside: BesideOrders,
  ) {
    this.#deps = deps
    this.#shop = shop
    this.#facts = facts
    this.#found = found
    this.#before = beside.shadows
    this.#open = beside.conflicts
  }

  take(said: RemoteOrder): void {
    const found = this.#found.get(said.remoteId)
    // Data that was purged stays away, whatever the shop still sends.
    const remote = staysPurged(found?.order ?? null, said) ? withoutBuyer(said) : said
    if (found !== undefined && found.order === null)
      this.#setAside(remote.remoteId, 'stored record unreadable', found.raw)
    try {
      this.#note(remote, this.#reconcile(remote, found))
    } catch (error) {
      // A defect of ours in one order must not stop a shop for good.
      this.#setAside(
        remote.remoteId,
        `could not be merged: ${error instanceof Error ? error.message : ''}`.slice(0, 500),
        remote,
      )
    }
  }

  /** Asks the store to write what was taken since it was asked last. */
  write(changes: CountChanges, journal: OpenJournal): Promise<unknown>[] {
    const { db } = this.#deps
    const orders = [...this.#orders.values()]
    const shadows = [...this.#shadows.values()]
    const activity = this.#activity
    this.#activity = []
    this.#orders = new Map()
    this.#shadows = new Map()
    this.changed.push(...orders.map(({ id }) => id))
    return [
      putOrders(db, orders, { fresh: this.#fresh, changes }),
      shadows.length === 0 ? Promise.resolve() : db.shadows.bulkPut(shadows),
      journal.add(activity),
    ]
  }

  #reconcile(remote: RemoteOrder, found: FoundOrder | undefined): Reconciled {
    const existing = liftedMark(found?.order ?? null, remote)
    const key = existing === null ? '' : orderKey(existing.id)
    const before = (this.#before.get(key)?.value ?? null) as RemoteOrder | null
    const open = this.conflicts.get(key)?.fields ?? this.#open.get(key)?.fields ?? []
    // What was purged here is no correction of anybody.
    const purged = found?.order?.purgedAt !== undefined
    const kept = purged ? { remote, conflicts: [] } : keepEditedAddress(remote, existing, before, open)
    if (existing !== null) this.#noteConflict(existing, open, kept.conflicts)
    const asIs = marked(existing, kept.conflicts.length > 0)
    const merged = reconcileOrder(asIs, kept.remote, {
      ...this.#shop,
      now: this.#deps.now(),
      // A record that does not parse is replaced under its own id: the remote id is unique.
      makeOrderId: () => found?.id ?? this.#deps.newId<'order'>(),
      check: (order) => checkOrder(order, this.#facts),
    })
    return merged.outcome === 'unchanged' && asIs !== existing ? { ...merged, outcome: 'changed' } : merged
  }

  #noteConflict(order: Order, before: readonly FieldConflict[], fields: FieldConflict[]): void {
    if (before.length + fields.length === 0) return
    const owner = ofOrder(order)
    this.conflicts.set(owner.entityKey, { owner, fields })
    if (before.length > 0 === fields.length > 0) return
    const what = fields.length > 0 ? 'conflict-found' : 'conflict-over'
    const values = { count: fields.length }
    this.#activity.push({ ...owner, at: this.#deps.now(), by: 'remote', what, values })
  }

  #note(remote: RemoteOrder, merged: Reconciled): void {
    const { order, outcome } = merged
    const isNew = !this.#found.has(remote.remoteId)
    this.#found.set(remote.remoteId, { id: order.id, order, raw: order })
    if (outcome === 'stale') return
    this.judged.push(order.id)
    const entityKey = orderKey(order.id)
    const shadow: Shadow = { entityKey, value: remote, remoteUpdatedAt: remote.updatedAt }
    const before = this.#before.get(entityKey)
    if (outcome === 'unchanged' && before !== undefined && sameJson(before.value, remote)) return
    this.#before.set(entityKey, shadow)
    this.#shadows.set(entityKey, shadow)
    if (outcome === 'unchanged') return
    if (isNew) this.#fresh.add(order.id)
    this.#orders.set(order.id, order)
    this.#activity.push(...describeMerge(merged, this.#deps.now()))
  }

  #setAside(remoteId: string, reason: string, raw: unknown): void {
    this.unreadable.push({ connectionId: this.#shop.connectionId, remoteId, reason, raw })
  }
}

/** Says of an order whether its address waits for a person's choice; the same object when it does so already. */
function marked(order: Order | null, conflict: boolean): Order | null {
  if (order === null || (order.addressConflict === true) === conflict) return order
  const rest = without(order, 'addressConflict')
  return conflict ? { ...rest, addressConflict: true } : rest
}

/** True while the order has no buyer any more and the shop does not want it shipped again. */
function staysPurged(existing: Order | null, remote: RemoteOrder): boolean {
  return existing?.purgedAt !== undefined && !isWantedAgain(existing, remote)
}

/** An order that is to be shipped again needs its buyer; an older page does not decide that. */
function liftedMark(existing: Order | null, remote: RemoteOrder): Order | null {
  if (existing?.purgedAt === undefined || remote.updatedAt < existing.remoteUpdatedAt) return existing
  if (!isWantedAgain(existing, remote)) return existing
  const open = { ...existing }
  delete open.purgedAt
  return open
}

async function loadShadows({ db }: SyncDeps, keys: string[]): Promise<Map<string, Shadow>> {
  if (keys.length === 0) return new Map()
  const shadows = await db.shadows.bulkGet(keys)
  return new Map(shadows.filter((shadow) => shadow !== undefined).map((shadow) => [shadow.entityKey, shadow]))
}

/** SKUs never seen join the catalogue, with the shop's title and no customs facts yet. */
async function addNewProducts(
  { db, newId, now }: SyncDeps,
  remotes: readonly RemoteOrder[],
  facts: OrderFacts,
): Promise<void> {
  const titles = new Map(
    remotes.flatMap(({ lines }) => lines.map(({ sku, title }): [string, string] => [sku, title])),
  )
  const fresh = [...titles].filter(([sku]) => sku !== '' && !facts.products.has(sku))
  // The language of a shop's titles is not known: `und`.
  await saveProducts(
    db,
    fresh.map(([sku, title]) => ({
      id: newId<'product'>(),
      sku,
      titles: { und: title },
      customs: NO_CUSTOMS,
      updatedAt: now(),
    })),
  )
}
