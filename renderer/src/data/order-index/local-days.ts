import { listDays, type Period } from '#core/order/period.ts'

/** Days of this machine's calendar as moments; a day in which the clocks change has 23 or 25 hours. */
export class LocalDays {
  readonly #starts: Float64Array
  readonly start: number
  /** The first moment after the period. */
  readonly end: number

  constructor(period: Period) {
    const days = listDays(period)
    this.#starts = Float64Array.from({ length: days.length + 1 }, (_, i) => startOfDay(period.from, i))
    this.start = this.#starts[0] ?? NaN
    this.end = this.#starts.at(-1) ?? NaN
  }

  /** The place of the day that a moment is in; to be asked only between `start` and `end`. */
  placeOf(at: number): number {
    const starts = this.#starts
    let place = Math.min(starts.length - 2, Math.floor((at - this.start) / 86_400_000))
    while (at < (starts[place] ?? -Infinity)) place--
    while (at >= (starts[place + 1] ?? Infinity)) place++
    return place
  }
}

function startOfDay(day: string, plusDays: number): number {
  const [year = NaN, month = NaN, date = NaN] = day.split('-').map(Number)
  return new Date(year, month - 1, date + plusDays).getTime()
}
