import { CLOCK_STATES, type ClockState } from '#core/order/order-query.ts'
import type { OrderRow, QueueId } from '#core/order/order-row.ts'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/** A day of 24 hours, whatever the shop's zone and cut-off: whoever looks once a day sees each order before it is late. */
export const LATE_RISK_MS = DAY_MS
/** A label that was printed in the morning is on a parcel that leaves the same day. */
export const SCAN_OUT_MS = 12 * HOUR_MS
export const DEFAULT_NO_SCAN_DAYS = 3
export const LONGEST_NO_SCAN_DAYS = 30
/** Nobody waits any longer for the first scan of a parcel, and shops that never say what became of theirs would fill the list for good. */
export const NO_SCAN_FORGOTTEN_MS = 60 * DAY_MS

export interface ClockSettings {
  /** Whole days from 1 without a word of a parcel that left. */
  noScanDays: number
}

/** One bit each, in the order of {@link CLOCK_STATES}. */
export const CLOCK_BITS: Readonly<Record<ClockState, number>> = {
  late: 1,
  'late-risk': 2,
  'not-scanned-out': 4,
  'no-scan': 8,
}

/** Where an order is as far as its clock goes: nowhere it counts, here without or with its label, gone. */
export const CLOCK_PLACES = { none: 0, waiting: 1, labelled: 2, gone: 3 } as const
export type ClockPlace = (typeof CLOCK_PLACES)[keyof typeof CLOCK_PLACES]

const PLACE_OF: Readonly<Record<QueueId, ClockPlace>> = {
  unpaid: CLOCK_PLACES.none,
  to_ship: CLOCK_PLACES.waiting,
  blocked: CLOCK_PLACES.waiting,
  parked: CLOCK_PLACES.waiting,
  label_ready: CLOCK_PLACES.labelled,
  handed_over: CLOCK_PLACES.gone,
  shipped: CLOCK_PLACES.gone,
  cancelled: CLOCK_PLACES.none,
}

export function clockPlaceOf(queue: QueueId): ClockPlace {
  return PLACE_OF[queue]
}

/** An order's clock in numbers: epoch ms, NaN where there is none. One object can be filled again for each order. */
export interface ClockNumbers {
  place: ClockPlace
  shipBy: number
  printedAt: number
  handedOverAt: number
  newsAt: number
}

/** The states of one order as bits ({@link CLOCK_BITS}); 0 is none. `now` in epoch ms. */
export function clockMask(order: ClockNumbers, now: number, { noScanDays }: ClockSettings): number {
  const { place, shipBy, printedAt, handedOverAt, newsAt } = order
  if (place === CLOCK_PLACES.none) return 0
  if (place === CLOCK_PLACES.gone) {
    const since = now - handedOverAt
    const isSilent = since > noScanDays * DAY_MS && since < NO_SCAN_FORGOTTEN_MS && !(newsAt > handedOverAt)
    return isSilent ? CLOCK_BITS['no-scan'] : 0
  }
  let mask = 0
  if (shipBy < now) mask |= CLOCK_BITS.late
  else if (shipBy - now < LATE_RISK_MS) mask |= CLOCK_BITS['late-risk']
  // Its cut-off has passed since, or so much time that the next one has.
  const hasMissed = now - printedAt > SCAN_OUT_MS || (printedAt <= shipBy && shipBy < now)
  if (place === CLOCK_PLACES.labelled && hasMissed) mask |= CLOCK_BITS['not-scanned-out']
  return mask
}

/** The same of a row, as words. */
export function clockStates(
  row: Pick<OrderRow, 'queue' | 'shipBy' | 'printedAt' | 'handedOverAt' | 'newsAt'>,
  now: number,
  settings: ClockSettings,
): ClockState[] {
  const { queue, shipBy, printedAt, handedOverAt, newsAt } = row
  const mask = clockMask(
    {
      place: clockPlaceOf(queue),
      ...{ shipBy: shipBy ?? NaN, printedAt: printedAt ?? NaN },
      ...{ handedOverAt: handedOverAt ?? NaN, newsAt: newsAt ?? NaN },
    },
    now,
    settings,
  )
  return CLOCK_STATES.filter((state) => (mask & CLOCK_BITS[state]) !== 0)
}

/** True for whole days from 1 to {@link LONGEST_NO_SCAN_DAYS}. */
export function isNoScanDays(days: number): boolean {
  return Number.isInteger(days) && days >= 1 && days <= LONGEST_NO_SCAN_DAYS
}
