import type { ConnectionId } from '#core/shared/ids.ts'
import { mayHaveArrived } from '#core/sync/outbox-machine.ts'
import { toOrderRow } from '#core/order/order-row.ts'
import { verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { verifyJournal } from '#renderer/data/queries/journal.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { checkPurchases, checkVoids } from '#tests/simulation/carrier-invariants.ts'
import type { FakeCarrier } from '#tests/simulation/fake-carrier.ts'
import type { ShopTruth } from '#tests/simulation/story-shop.ts'

/** What must hold once everything has come to rest; a line per breach. */
export async function findBreaches(
  db: CaravelDatabase,
  shops: ReadonlyMap<ConnectionId, ShopTruth>,
  carrier?: FakeCarrier,
): Promise<string[]> {
  return [
    ...(carrier === undefined ? [] : await checkPurchases(db, carrier)),
    ...(carrier === undefined ? [] : await checkVoids(db, carrier)),
    ...(await checkEffects(db, shops)),
    ...(await checkMirrors(db, shops)),
    ...(await checkNumbers(db)),
    ...(await checkKept(db)),
    ...(await checkJournal(db)),
  ]
}

/** Every hand-over reached its shop exactly once or is still in the outbox; nothing else reached a shop. */
async function checkEffects(
  db: CaravelDatabase,
  shops: ReadonlyMap<ConnectionId, ShopTruth>,
): Promise<string[]> {
  const breaches: string[] = []
  const made = [...shops.values()].flatMap(({ effects }) =>
    effects.map(({ trackingNumber }) => trackingNumber),
  )
  const unsent = new Set(
    (await db.outbox.toArray()).map(({ payload }) =>
      'trackingNumber' in payload ? payload.trackingNumber : '',
    ),
  )
  for (const { state, trackingNumber } of await db.shipments.toArray()) {
    if (trackingNumber === null) continue
    const times = made.filter((number) => number === trackingNumber).length
    if (times > 1) breaches.push(`${trackingNumber} told ${times} times`)
    if (state === 'handed_over' && times === 0 && !unsent.has(trackingNumber))
      breaches.push(`${trackingNumber} handed over, never told`)
    if (state !== 'handed_over' && times > 0) breaches.push(`${trackingNumber} told, but is ${state}`)
  }
  for (const row of await db.outbox.toArray()) {
    const number = 'trackingNumber' in row.payload ? row.payload.trackingNumber : ''
    // What nobody knows of may wait for a person's look.
    if (made.includes(number) && !mayHaveArrived(row))
      breaches.push(`${number} is told, and waits as if it were not`)
  }
  for (const shop of shops.values()) {
    for (const { remoteId, fulfilments } of shop.orders.values()) {
      // One parcel may leave from two places of the shop.
      const numbers = new Set(fulfilments.map(({ trackingNumber }) => trackingNumber))
      if (numbers.size > shop.parcelsPerOrder) breaches.push(`order ${remoteId} has ${numbers.size} parcels`)
    }
  }
  return breaches
}

/** Every order of every shop is here as the shop last showed it, or set aside. */
async function checkMirrors(
  db: CaravelDatabase,
  shops: ReadonlyMap<ConnectionId, ShopTruth>,
): Promise<string[]> {
  const breaches: string[] = []
  const aside = new Set((await db.quarantine.toArray()).map(({ id }) => id))
  const orders = await db.orders.toArray()
  const here = new Map(orders.map((order) => [`${order.connectionId}:${order.remoteId}`, order]))
  if (here.size < orders.length) breaches.push(`${orders.length - here.size} orders are here twice`)
  for (const [connectionId, shop] of shops) {
    for (const remote of shop.orders.values()) {
      const name = `${connectionId}:${remote.remoteId}`
      if (aside.has(name)) continue
      const local = here.get(name)
      if (local === undefined) breaches.push(`${name} is missing`)
      else if (local.status !== remote.status || local.remoteUpdatedAt !== remote.updatedAt) {
        breaches.push(
          `${name} is ${local.status} of ${local.remoteUpdatedAt}, not ${remote.status} of ${remote.updatedAt}`,
        )
      } else if (remote.status === 'cancelled' && local.stage !== 'cancelled')
        breaches.push(`${name} is cancelled, but ${local.stage}`)
      else if (remote.status === 'shipped' && local.stage !== 'shipped')
        breaches.push(`${name} is shipped, but ${local.stage}`)
    }
  }
  return breaches
}

/** Each number was given out once, and only together with a shipment. */
async function checkNumbers(db: CaravelDatabase): Promise<string[]> {
  const shipments = await db.shipments.toArray()
  const given = (await db.pools.toArray()).reduce((sum, { next, from }) => sum + next - from, 0)
  const own = shipments.filter(({ purchase }) => purchase === undefined)
  const distinct = new Set(own.map(({ trackingNumber }) => trackingNumber)).size
  const breaches =
    given === distinct && distinct === own.length
      ? []
      : [`${given} numbers given, ${distinct} of ${own.length} shipments`]
  const live = new Map<string, number>()
  for (const { state, orderIds } of shipments)
    if (state !== 'voided') for (const id of orderIds) live.set(id, (live.get(id) ?? 0) + 1)
  return [
    ...breaches,
    ...[...live]
      .filter(([, count]) => count > 1)
      .map(([id, count]) => `order ${id} has ${count} live shipments`),
  ]
}

/** What is kept beside the records agrees with them. */
async function checkKept(db: CaravelDatabase): Promise<string[]> {
  const wrong = await verifyCounters(db)
  const breaches = wrong.map(({ key, kept, counted }) => `counter ${key}: ${kept}, counted ${counted}`)
  const rows = new Map((await db.orderRows.toArray()).map((row) => [row.id, row]))
  for (const stored of await db.orders.toArray()) {
    if (JSON.stringify(toOrderRow(stored)) !== JSON.stringify(rows.get(stored.id)))
      breaches.push(`row of ${stored.id} differs`)
    if (stored.note !== '' && stored.note !== `note of ${stored.id}`)
      breaches.push(`note of ${stored.id} is ${stored.note}`)
  }
  return breaches
}

/** Nothing that happened is missing from the journal, whatever crashed in between. */
async function checkJournal(db: CaravelDatabase): Promise<string[]> {
  const { checked, broken } = await verifyJournal(db)
  if (broken !== null) return [`journal broken at ${broken.seq}: ${broken.flaw}`]
  const told = await db.activity.where('seq').above(0).toArray()
  const of = (what: string): Set<string> =>
    new Set(told.filter((entry) => entry.what === what).map(({ entityKey }) => entityKey))
  const handedOver = of('handed-over')
  const silent = (await db.orders.toArray()).filter(
    // What the marketplace itself sends was never in anybody's hands here.
    ({ id, stage, status }) =>
      stage === 'handed_over' && status !== 'handed_over' && !handedOver.has(`order:${id}`),
  )
  return [
    ...(checked === told.length ? [] : [`${told.length} entries, ${checked} in the chain`]),
    ...silent.map(({ id }) => `order ${id} was handed over, the journal does not say so`),
  ]
}
