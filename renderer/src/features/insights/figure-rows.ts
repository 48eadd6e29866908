import { exponentOf } from '#core/money/currencies.ts'
import { knownMargin, knownShare, type Figures, type Measure } from '#core/order/insights.ts'

/** One bar of a chart and one row of the table under it. */
export interface FigureRow extends Figures {
  /** What it is in a filter; null for a row that stands for several. */
  value: string | null
  label: string
  chosen: boolean
}

/** A chart's rows with the words for its first column. */
export interface FigureTable {
  id: 'days' | 'channels' | 'countries' | 'skus'
  title: string
  /** Title of the first column. */
  what: string
  rows: readonly FigureRow[]
}

export interface CsvTitles {
  orders: string
  revenue: string
  margin: string
  known: string
  currency: string
}

/** A table as cells of a file: plain decimals, the currency in a column of its own, the share known in percent. */
export function toCells(
  { what, rows }: FigureTable,
  { titles, home }: { titles: CsvTitles; home: string },
): (string | number)[][] {
  const { orders, revenue, margin, known, currency } = titles
  const decimal = (minor: number | null): number | string =>
    minor === null ? '' : Number((minor / 10 ** exponentOf(home)).toFixed(exponentOf(home)))
  return [
    [what, orders, revenue, margin, known, currency],
    ...rows.map((row) => [
      ...[row.label, row.orders, decimal(row.revenue), decimal(knownMargin(row))],
      ...[Math.round((knownShare(row) ?? 0) * 100), home],
    ]),
  ]
}

export function measureOf(row: Figures, measure: Measure): number {
  return row[measure]
}
