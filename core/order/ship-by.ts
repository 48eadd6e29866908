import type { Order } from '#core/order/order.ts'

/** Days between the order and the parcel leaving, until a person says otherwise for a shop. */
export const DEFAULT_HANDLING_DAYS = 2
export const LONGEST_HANDLING_DAYS = 30

const DAY_MS = 24 * 60 * 60 * 1000

/** True for whole days from 0 (the parcel leaves at once) to {@link LONGEST_HANDLING_DAYS}. */
export function isHandlingDays(days: number): boolean {
  return Number.isInteger(days) && days >= 0 && days <= LONGEST_HANDLING_DAYS
}

/** Latest moment the parcel should leave, epoch ms; null while nobody knows when the order was placed. */
export function shipByOf(placedAt: number | null, handlingDays: number): number | null {
  return placedAt === null ? null : placedAt + handlingDays * DAY_MS
}

/** The order under another handling time; the very same object when its moment stays. `now` in epoch ms. */
export function withHandlingTime(order: Order, handlingDays: number, now: number): Order {
  const shipBy = shipByOf(order.placedAt, handlingDays)
  return shipBy === order.shipBy ? order : { ...order, shipBy, updatedAt: now }
}
