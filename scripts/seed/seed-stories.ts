import type { Order } from '#core/order/order.ts'
import type { Rng } from '#core/shared/ports.ts'
import { makeS10 } from '#core/shipping/s10.ts'
import { pick } from './seed-buyers.ts'

/** What became of an order: the parts of it that the desk, its shop and a carrier have written. */
type Story = Partial<Order>

const HOUR = 3_600_000
const SERVICES = ['Registered packet', 'Small parcel', 'Express']
const DESKS = ['Desk A', 'Desk B', 'Desk C']

/** Most have arrived; some were cancelled. `n` numbers the parcels. */
export function doneStory({ placedAt, remoteId, updatedAt }: Order, n: number, rng: Rng): Story {
  const at = placedAt ?? updatedAt
  if (rng() < 0.05)
    return { ...{ stage: 'cancelled', status: 'cancelled', rawStatus: 'Cancelled' }, ...said(at + 9 * HOUR) }
  const trackingNumber = numberOf(n)
  const handedOverAt = at + Math.floor((8 + rng() * 50) * HOUR)
  const newsAt = handedOverAt + Math.floor((24 + rng() * 240) * HOUR)
  const delivered = rng() < 0.97
  const [status, rawStatus] = delivered
    ? (['delivered', 'Delivered'] as const)
    : (['shipped', 'Shipped'] as const)
  return {
    ...{ stage: 'shipped', status, rawStatus, trackingNumber, service: pick(SERVICES, rng) },
    ...{ printedAt: handedOverAt - HOUR, handedOverAt, newsAt },
    fulfilments: [{ remoteId: `${remoteId}-f`, state: rawStatus, carrier: 'Post', trackingNumber }],
    ...said(newsAt),
  }
}

/** `share`: 1 is the oldest of the open ones, 0 the newest. The older, the further. */
export function openStory(order: Order, share: number, now: number, rng: Rng): Story {
  const dice = rng()
  if (share > 0.75) return rng() < 0.6 ? handedOver(order, now, rng) : printed(order, now, rng)
  if (dice < 0.04) return { stage: 'unpaid', status: 'awaiting_payment', rawStatus: 'PaymentAuthorized' }
  if (dice < 0.07) return { status: 'on_hold', rawStatus: 'OnHold' }
  if (dice < 0.08) return { status: 'cancel_requested', rawStatus: 'CancelRequested' }
  if (dice < 0.1) return { held: true }
  if (dice < 0.13) return { parked: { until: rng() < 0.6 ? now + Math.floor(rng() * 96) * HOUR : null } }
  if (dice < 0.15) return { shipTo: null }
  if (dice < 0.19 && order.shipTo !== null) return { shipTo: { ...order.shipTo, city: '', postcode: '' } }
  if (dice < 0.3) return printed(order, now, rng)
  return rng() < 0.3 ? { assignee: pick(DESKS, rng) } : {}
}

function printed({ remoteId, placedAt }: Order, now: number, rng: Rng): Story {
  const printedAt = Math.min(now - 60_000, (placedAt ?? now) + Math.floor((1 + rng() * 20) * HOUR))
  const service = pick(SERVICES, rng)
  return {
    stage: 'label_ready',
    trackingNumber: numberOf(Number(remoteId) - 1),
    service,
    printedAt,
    updatedAt: printedAt,
  }
}

function handedOver(order: Order, now: number, rng: Rng): Story {
  const label = printed(order, now, rng)
  const handedOverAt = Math.min(now - 30_000, (label.printedAt ?? now) + HOUR)
  const moved = rng() < 0.7 ? { newsAt: Math.min(now, handedOverAt + 12 * HOUR) } : {}
  return { ...label, stage: 'handed_over', handedOverAt, ...moved, updatedAt: handedOverAt }
}

function said(at: number): Story {
  return { remoteUpdatedAt: at, updatedAt: at }
}

/** No two orders have the same one. */
function numberOf(n: number): string {
  return makeS10('RR', 10_000_000 + n, 'DE')
}
