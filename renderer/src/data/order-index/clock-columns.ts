import { clockMask, clockPlaceOf, type ClockNumbers, type ClockSettings } from '#core/order/clock.ts'
import { QUEUES } from '#core/order/order-row.ts'
import type { ClockTest } from '#renderer/data/order-index/facet-columns.ts'

/** What the clock says of the orders in the columns; the settings are asked for each time, as they may change. */
export function clockOfColumns(settings: () => ClockSettings): ClockTest {
  const places = QUEUES.map((queue) => clockPlaceOf(queue))
  const numbers: ClockNumbers = { place: 0, shipBy: NaN, printedAt: NaN, handedOverAt: NaN, newsAt: NaN }
  return ({ arrays }, ordinal, now) => {
    numbers.place = places[arrays.queue[ordinal] ?? 0] ?? 0
    if (numbers.place === 0) return 0
    numbers.shipBy = arrays.shipBy[ordinal] ?? NaN
    numbers.printedAt = toMs(arrays.printedAt[ordinal])
    numbers.handedOverAt = toMs(arrays.handedOverAt[ordinal])
    numbers.newsAt = toMs(arrays.newsAt[ordinal])
    return clockMask(numbers, now, settings())
  }
}

/** Columns have seconds, and 0 for none. */
function toMs(seconds: number | undefined): number {
  return seconds === undefined || seconds === 0 ? NaN : seconds * 1000
}
