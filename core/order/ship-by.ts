import type { Order, RemoteOrder } from '#core/order/order.ts'
import { calendarFault, DueDays, type ShopCalendar } from '#core/order/shop-calendar.ts'

/** Days between the order and the parcel leaving, until a person says otherwise for a shop. */
export const DEFAULT_HANDLING_DAYS = 2
export const LONGEST_HANDLING_DAYS = 30

const DAY_MS = 24 * 60 * 60 * 1000
/** Year 2200: what a shop says beyond is counted without a calendar, which ends somewhere. */
const LAST_CALENDAR_MS = 7_258_118_400_000

/** What a shop's orders have until they leave. */
export interface ShipByRule {
  /** Working days when there is a calendar; else days of 24 hours. */
  handlingDays: number
  /** Absent where nobody has said when the shop's parcels leave. */
  calendar?: ShopCalendar | undefined
}

/** True for whole days from 0 (the parcel leaves at once) to {@link LONGEST_HANDLING_DAYS}. */
export function isHandlingDays(days: number): boolean {
  return Number.isInteger(days) && days >= 0 && days <= LONGEST_HANDLING_DAYS
}

/** Latest moment the parcel should leave, epoch ms; null while nobody knows when the order was placed. */
export function shipByOf(placedAt: number | null, rule: ShipByRule): number | null {
  if (placedAt === null) return null
  const due = placedAt >= 0 && placedAt < LAST_CALENDAR_MS ? dueDaysOf(rule) : null
  return due === null ? placedAt + rule.handlingDays * DAY_MS : due.dueAt(placedAt)
}

/** The shop's own promise where it makes one (then it stays as it last said it), else the rule's. */
export function promiseOf(
  remote: Pick<RemoteOrder, 'shipBy'>,
  before: Pick<Order, 'shipBy' | 'promised'> | null,
  placedAt: number | null,
  rule: ShipByRule,
): Pick<Order, 'shipBy' | 'promised'> {
  if (remote.shipBy !== undefined) return { shipBy: remote.shipBy, promised: true }
  // What was worked out once is ours; only one that was never known is filled in.
  return { shipBy: before?.shipBy ?? shipByOf(placedAt, rule) }
}

/** The order under another rule; the very same object when its moment stays, as one that its shop promised does. `now` in epoch ms. */
export function withShipByRule(order: Order, rule: ShipByRule, now: number): Order {
  if (order.promised === true) return order
  const shipBy = shipByOf(order.placedAt, rule)
  return shipBy === order.shipBy ? order : { ...order, shipBy, updatedAt: now }
}

/** Days that were worked out for a calendar are kept as long as it is. */
const known = new WeakMap<ShopCalendar, Map<number, DueDays | null>>()

/** Null for a rule without a calendar, or with one that makes no sense here (a zone that this runtime does not know). */
function dueDaysOf({ handlingDays, calendar }: ShipByRule): DueDays | null {
  if (calendar === undefined) return null
  const byDays = known.get(calendar) ?? new Map<number, DueDays | null>()
  known.set(calendar, byDays)
  let due = byDays.get(handlingDays)
  if (due === undefined) {
    due = calendarFault(calendar) === null ? new DueDays(calendar, handlingDays) : null
    byDays.set(handlingDays, due)
  }
  return due
}
