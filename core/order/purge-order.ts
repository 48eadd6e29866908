import type { Address } from '#core/address/address.ts'
import type { Order, RemoteOrder } from '#core/order/order.ts'
import { decideStage } from '#core/order/stages.ts'
import { without } from '#core/shared/without.ts'

/**
 * Buyers' data that is no longer needed: who the buyer is and where exactly they live, and the seller's own note, which is about
 * them. What statistics and customs need stays (country, region, city, lines, amounts, the tracking number). The postcode
 * goes: in some countries it names a street.
 */

const DAY_MS = 86_400_000

/** Days after which data may be purged; 0 is never. */
export const RETENTION_DAYS = [0, 30, 60, 90, 180, 365] as const

/**
 * True when the parcel has long been delivered, shipped or cancelled and nothing has moved since, here or at the shop. `now` and the
 * times are epoch ms. A clock of the shop that runs ahead only delays it.
 */
export function isDueForPurge(order: Order, days: number, now: number): boolean {
  if (days <= 0 || order.purgedAt !== undefined) return false
  const over = order.stage === 'shipped' || order.stage === 'cancelled'
  return over && now - Math.max(order.remoteUpdatedAt, order.updatedAt) >= days * DAY_MS
}

/** The order without its buyer, marked. `remoteUpdatedAt` stays, so that it does not look older than the shop's word. */
export function purgeOrder(order: Order, now: number): Order {
  return {
    ...without(order, 'consigneeId', 'marketplaceTaxId'),
    ...{ buyerName: '', buyerEmail: '', note: '', purgedAt: now, updatedAt: now },
    ...(order.ignored === undefined ? {} : { ignored: order.ignored.map((each) => ({ ...each, why: '' })) }),
    shipTo: order.shipTo === null ? null : purgeAddress(order.shipTo),
  }
}

/** What a remote said, without its buyer. */
export function withoutBuyer<T extends Pick<RemoteOrder, 'buyerName' | 'buyerEmail' | 'shipTo'>>(
  remote: T,
): T {
  const bare = { ...remote, buyerName: '', buyerEmail: '', shipTo: null }
  Reflect.deleteProperty(bare, 'consigneeId')
  Reflect.deleteProperty(bare, 'marketplaceTaxId')
  return bare
}

/**
 * Whether a purged order needs its buyer again: the shop has opened it once more (shipped again, cancellation taken back), so a
 * parcel is to go somewhere. Only then does a pull bring the data back.
 */
export function isWantedAgain(order: Order, remote: Pick<RemoteOrder, 'status'>): boolean {
  const stage = decideStage(remote.status, { stage: order.stage, statusBefore: order.status })
  return stage === 'unpaid' || stage === 'to_ship'
}

function purgeAddress({ city, region, country }: Address): Address {
  const nothing = { name: '', company: '', line1: '', line2: '', postcode: '', phone: '', email: '' }
  return { ...nothing, city, region, country }
}
