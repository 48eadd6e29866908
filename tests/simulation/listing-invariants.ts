import type { ConnectionId } from '#core/shared/ids.ts'
import { changeText } from '#core/shared/field-change.ts'
import { diff } from '#core/sync/diff.ts'
import { fieldName, listingFields } from '#core/listing/fields.ts'
import type { Listing, RemoteListing } from '#core/listing/listing.ts'
import type { Activity } from '#renderer/data/records.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { ShopTruth } from '#tests/simulation/story-shop.ts'

const FIRST_STOCK = 20

/** What must hold of listings, cancellations and notes once everything has come to rest; a line per breach. */
export async function findListingBreaches(
  db: CaravelDatabase,
  shops: ReadonlyMap<ConnectionId, ShopTruth>,
): Promise<string[]> {
  const breaches: string[] = []
  const waiting = new Set((await db.outbox.toArray()).map(({ entityKey }) => entityKey))
  const asked = new Set((await db.conflicts.toArray()).map(({ entityKey }) => entityKey))
  const aside = new Set((await db.quarantine.toArray()).map(({ id }) => id))
  const listings = await db.listings.toArray()
  const here = new Map(listings.map((each) => [`${each.connectionId}:listing:${each.remoteId}`, each]))
  for (const [connectionId, shop] of shops) {
    for (const remote of shop.catalogue.listings.values()) {
      const name = `${connectionId}:listing:${remote.remoteId}`
      if (aside.has(name)) continue
      const local = here.get(name)
      if (local === undefined) {
        breaches.push(`${name} is missing`)
        continue
      }
      const key = `listing:${local.id}`
      if (waiting.has(key) || asked.has(key)) continue
      breaches.push(...checkSame(name, local, remote), ...(await checkEdits(db, name, local, remote, shop)))
    }
    breaches.push(...(await checkGone(db, connectionId, shop)), ...checkOnce(shop))
    breaches.push(...(await checkNotes(db, connectionId, shop, waiting)))
  }
  return breaches
}

/** Nothing waits, nothing is asked: both sides are the same. */
function checkSame(name: string, local: Listing, remote: RemoteListing): string[] {
  const state = local.state === remote.status ? [] : [`${name} is ${local.state}, not ${remote.status}`]
  const fields = diff(listingFields(local), listingFields(remote)).map(
    ({ field, from, to }) => `${name} ${field}: here ${changeText(from)}, there ${changeText(to)}`,
  )
  return [...state, ...fields]
}

/**
 * What the journal says people did here has reached the shop: the last text and price where nobody else had a hand in it, and every
 * piece of stock, whoever moved it.
 */
async function checkEdits(
  db: CaravelDatabase,
  name: string,
  local: Listing,
  remote: RemoteListing,
  shop: ShopTruth,
): Promise<string[]> {
  const told = await db.activity
    .where('[entityKey+seq]')
    .between([`listing:${local.id}`, -Infinity], [`listing:${local.id}`, Infinity])
    .toArray()
  if (told.some(({ what }) => what === 'outbox-dropped')) return []
  const decided = new Set(changesOf(told, 'conflict-resolved').map(({ field }) => field))
  const edits = changesOf(told, 'listing-edited').filter(({ field }) => !decided.has(field))
  const there = listingFields(remote)
  const breaches: string[] = []
  for (const field of new Set(edits.map((each) => each.field))) {
    const ours = edits.filter((each) => each.field === field)
    if (field.endsWith('.stock') || shop.catalogue.touched.has(`${remote.remoteId} ${field}`)) continue
    const last = ours.at(-1)?.to
    if (changeText(there.get(field)) !== last)
      breaches.push(`${name} ${field}: edited to ${last}, the shop has ${changeText(there.get(field))}`)
  }
  const stock = fieldName({ kind: 'stock', offerRemoteId: remote.offers[0]?.remoteId ?? '' })
  const sum = edits
    .filter(({ field }) => field === stock)
    .reduce((total, { from, to }) => total + Number(to) - Number(from), 0)
  const expected = FIRST_STOCK + (shop.catalogue.moved.get(remote.remoteId) ?? 0) + sum
  const untold = decided.has(stock) || shop.catalogue.coincided.has(remote.remoteId)
  if (!untold && there.get(stock) !== expected)
    breaches.push(`${name} has ${String(there.get(stock))} pieces, not ${expected}`)
  return breaches
}

function changesOf(told: readonly Activity[], what: string) {
  return told.filter((entry) => entry.what === what).flatMap(({ changes }) => changes)
}

/** What a shop no longer has is kept, and said to be gone. */
async function checkGone(
  db: CaravelDatabase,
  connectionId: ConnectionId,
  { catalogue }: ShopTruth,
): Promise<string[]> {
  const here = (await db.listings.toArray()).filter((each) => each.connectionId === connectionId)
  return here
    .filter(({ remoteId, state }) => !catalogue.listings.has(remoteId) && state !== 'gone')
    .map(({ remoteId, state }) => `listing ${remoteId} was deleted, but is ${state}`)
}

/** No intent took effect twice. */
function checkOnce({ catalogue, orderWrites }: ShopTruth): string[] {
  const places = [
    ...catalogue.effects.map(({ intentId, field }) => `${intentId} ${field}`),
    ...orderWrites.map(({ intentId, what }) => `${intentId} ${what}`),
  ]
  const twice = places.filter((place, i) => places.indexOf(place) !== i)
  return twice.map((place) => `${place} took effect twice`)
}

/** The shop has the last note of ours and no other. */
async function checkNotes(
  db: CaravelDatabase,
  connectionId: ConnectionId,
  shop: ShopTruth,
  waiting: ReadonlySet<string>,
): Promise<string[]> {
  const breaches: string[] = []
  if (shop.notes === null) return breaches
  for (const order of await db.orders.toArray()) {
    if (order.connectionId !== connectionId || waiting.has(`order:${order.id}`)) continue
    const notes = shop.notes.get(order.remoteId) ?? []
    if (notes.join() !== order.note) breaches.push(`notes of ${order.remoteId}: ${notes.join()}`)
  }
  return breaches
}
