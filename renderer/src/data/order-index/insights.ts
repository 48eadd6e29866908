import {
  isRevenue,
  type GroupFigures,
  type Insights,
  type InsightsQuery,
  type Unconverted,
} from '#core/order/insights.ts'
import { QUEUES } from '#core/order/order-row.ts'
import { daysIn, listDays, periodBefore } from '#core/order/period.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import type { CostColumns } from '#renderer/data/order-index/cost-columns.ts'
import { FigureColumns, type LineSums } from '#renderer/data/order-index/figure-columns.ts'
import { HomeAmounts } from '#renderer/data/order-index/home-amounts.ts'
import type { Breathe } from '#renderer/data/order-index/sorted-orders.ts'
import { LocalDays } from '#renderer/data/order-index/local-days.ts'

interface Texts {
  readonly texts: readonly string[]
}

/** What is added up: the columns of the index (order-columns.ts), as far as they are needed here. */
export interface OrderFacts {
  readonly count: number
  readonly arrays: Readonly<
    Record<'placedAt' | 'totalMinor' | 'labelMinor', Float64Array> &
      Record<'connection' | 'country' | 'currency' | 'labelCurrency', Uint32Array> &
      Record<'queue' | 'alive', Uint8Array>
  >
  readonly dictionaries: Readonly<Record<'connection' | 'country' | 'currency' | 'sku', Texts>>
  readonly lines: {
    readonly starts: Uint32Array
    readonly lengths: Uint32Array
    /** SKU, quantity, minor units of all of them. */
    readonly fields: readonly [Uint32Array, Uint32Array, Float64Array]
  }
}

export interface SumTools {
  /** Orders that the filters let through, by ordinal. */
  fits: Uint8Array
  rates: readonly RateSet[]
  costs: CostColumns
  breathe: Breathe
}

const MOST_SKUS = 20

/** Orders between two breaths: a few ms. */
const STRETCH = 32_768

/** Adds up in one walk over the columns, which may not change meanwhile; nothing is read from the store. */
export async function sumInsights(
  facts: OrderFacts,
  query: InsightsQuery,
  tools: SumTools,
): Promise<Insights> {
  const sums = new InsightSums(facts, query, tools)
  for (let from = 0; from < facts.count; from += STRETCH) {
    const to = Math.min(from + STRETCH, facts.count)
    for (let ordinal = from; ordinal < to; ordinal++) if (tools.fits[ordinal] === 1) sums.take(ordinal)
    await tools.breathe()
  }
  return sums.read()
}

class InsightSums {
  readonly #facts: OrderFacts
  readonly #query: InsightsQuery
  readonly #days: LocalDays
  readonly #length: number
  readonly #counts: readonly boolean[]
  readonly #home: HomeAmounts
  readonly #costs: CostColumns
  readonly #costsHome: HomeAmounts
  readonly #byDay: FigureColumns
  readonly #halves = new FigureColumns(2)
  readonly #byChannel: FigureColumns
  readonly #byCountry: FigureColumns
  readonly #bySku: FigureColumns
  /** The order that a SKU was last counted for. */
  readonly #seen: Uint32Array
  readonly #unconverted = new Map<number, Unconverted>()
  readonly #ofLines: LineSums = { margin: 0, lines: 0, known: 0 }
  readonly #ofLine: LineSums = { margin: 0, lines: 0, known: 0 }
  #stale = 0
  #labelled = 0

  constructor(facts: OrderFacts, query: InsightsQuery, { rates, costs }: SumTools) {
    const { connection, country, currency, sku } = facts.dictionaries
    const { period, home } = query
    this.#facts = facts
    this.#query = query
    this.#length = daysIn(period)
    this.#days = new LocalDays({ from: periodBefore(period).from, to: period.to })
    this.#counts = QUEUES.map(isRevenue)
    const within = { from: this.#days.start, to: this.#days.end }
    this.#home = new HomeAmounts(within, { sets: rates, currencies: currency.texts, home })
    this.#costs = costs
    this.#costsHome = new HomeAmounts(within, { sets: rates, currencies: costs.currencies, home })
    this.#byDay = new FigureColumns(this.#length)
    this.#byChannel = new FigureColumns(connection.texts.length)
    this.#byCountry = new FigureColumns(country.texts.length)
    this.#bySku = new FigureColumns(sku.texts.length)
    this.#seen = new Uint32Array(sku.texts.length)
  }

  take(ordinal: number): void {
    const { arrays } = this.#facts
    const at = arrays.placedAt[ordinal] ?? NaN
    if (!(at >= this.#days.start && at < this.#days.end)) return
    if (this.#counts[arrays.queue[ordinal] ?? 0] !== true) return
    const place = this.#days.placeOf(at) - this.#length
    const isNow = place >= 0
    const day = this.#home.dayOf(at)
    const currency = arrays.currency[ordinal] ?? 0
    const minor = arrays.totalMinor[ordinal] ?? 0
    const worth = this.#home.convert(minor, currency, day)
    const revenue = Number.isNaN(worth) ? 0 : worth
    this.#addLines(ordinal, currency, day, isNow)
    this.#takeLabel(ordinal, day, isNow)
    this.#halves.add(isNow ? 1 : 0, 1, revenue, this.#ofLines)
    if (!isNow) return
    if (Number.isNaN(worth)) this.#setApart(currency, minor)
    else if (this.#home.isStale(currency, day)) this.#stale++
    this.#byDay.add(place, 1, revenue, this.#ofLines)
    this.#byChannel.add(arrays.connection[ordinal] ?? 0, 1, revenue, this.#ofLines)
    this.#byCountry.add(arrays.country[ordinal] ?? 0, 1, revenue, this.#ofLines)
  }

  /** What its lines come to, all of them and those with a known cost; `named` also adds them to their SKUs. */
  #addLines(ordinal: number, currency: number, day: number, named: boolean): void {
    const { starts, lengths, fields } = this.#facts.lines
    const [skus, quantities, minors] = fields
    const whole = this.#ofLines
    const line = this.#ofLine
    whole.margin = whole.lines = whole.known = 0
    const start = starts[ordinal] ?? 0
    const end = start + (lengths[ordinal] ?? 0)
    for (let i = start; i < end; i++) {
      const sku = skus[i] ?? 0
      const worth = this.#home.convert(minors[i] ?? 0, currency, day)
      const value = Number.isNaN(worth) ? 0 : worth
      const cost = Number.isNaN(worth) ? NaN : this.#costOf(sku, quantities[i] ?? 0, day)
      line.lines = value
      line.known = Number.isNaN(cost) ? 0 : value
      line.margin = Number.isNaN(cost) ? 0 : value - cost
      whole.lines += line.lines
      whole.known += line.known
      whole.margin += line.margin
      if (!named) continue
      // A SKU on two lines of an order is one order.
      this.#bySku.add(sku, this.#seen[sku] === ordinal + 1 ? 0 : 1, value, line)
      this.#seen[sku] = ordinal + 1
    }
  }

  /** Of so many pieces, at home; NaN when nobody knows, or its currency has no rate. */
  #costOf(sku: number, quantity: number, day: number): number {
    const minor = (this.#costs.minor[sku] ?? NaN) * quantity
    return this.#costsHome.convert(minor, this.#costs.currency[sku] ?? 0, day)
  }

  /** The margin of an order's lines is also less what its label cost; where no cost of a line is known there is none to take it from. */
  #takeLabel(ordinal: number, day: number, named: boolean): void {
    const { labelMinor, labelCurrency } = this.#facts.arrays
    const minor = labelMinor[ordinal] ?? NaN
    if (Number.isNaN(minor) || this.#ofLines.known === 0) return
    const cost = this.#home.convert(minor, labelCurrency[ordinal] ?? 0, day)
    if (Number.isNaN(cost)) return
    this.#ofLines.margin -= cost
    if (named) this.#labelled++
  }

  #setApart(currency: number, minor: number): void {
    let apart = this.#unconverted.get(currency)
    if (apart === undefined) {
      apart = { currency: this.#facts.dictionaries.currency.texts[currency] ?? '', orders: 0, minor: 0 }
      this.#unconverted.set(currency, apart)
    }
    apart.orders++
    apart.minor += minor
  }

  read(): Insights {
    const { dictionaries, arrays } = this.#facts
    const { first, others } = this.#bySku.topped(MOST_SKUS)
    const skuOf = (sku: number): GroupFigures => ({
      value: dictionaries.sku.texts[sku] ?? '',
      ...this.#bySku.at(sku),
    })
    return {
      total: this.#halves.at(1),
      before: this.#halves.at(0),
      days: listDays(this.#query.period).map((value, day) => ({ value, ...this.#byDay.at(day) })),
      channels: this.#byChannel.ranked(dictionaries.connection.texts),
      countries: this.#byCountry.ranked(dictionaries.country.texts),
      skus: first.map(skuOf),
      otherSkus: others,
      unconverted: [...this.#unconverted.values()].sort((a, b) => b.orders - a.orders),
      labelled: this.#labelled,
      staleOrders: this.#stale,
      any: arrays.alive.subarray(0, this.#facts.count).includes(1),
    }
  }
}
