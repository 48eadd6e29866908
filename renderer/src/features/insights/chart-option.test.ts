import { describe, expect, it } from 'vitest'
import { dayOption, rankOption, type ChartInput } from '#renderer/features/insights/chart-option.ts'
import { toCells, type FigureRow } from '#renderer/features/insights/figure-rows.ts'

const row = (label: string, more: Partial<FigureRow> = {}): FigureRow => ({
  ...{ value: label, label, chosen: false, orders: 2, revenue: 1990, margin: -50, lines: 1600, known: 400 },
  ...more,
})
const look = { bar: 'b', quiet: 'q', text: 't', muted: 'm', line: 'l', surface: 's', font: 'f' }
const input = (rows: FigureRow[], measure: ChartInput['measure'] = 'revenue'): ChartInput => ({
  ...{ rows, measure, look },
  words: {
    exact: (value) => `${value} EUR`,
    short: (value) => `${value}`,
    name: ({ label }) => label.slice(0, 1),
  },
})
interface Drawn {
  series: { data: { value: number; itemStyle: { color: string } }[] }[]
  tooltip: { renderMode: string; formatter: (points: { name: string; value: number }[]) => string }
}
const drawn = (option: object): Drawn => option as Drawn

describe('charts', () => {
  it('draw the measure that is chosen, one bar a row', () => {
    for (const make of [dayOption, rankOption]) {
      const values = (measure: ChartInput['measure']) =>
        drawn(make(input([row('a'), row('b', { orders: 5 })], measure))).series[0]!.data.map(
          ({ value }) => value,
        )
      expect(values('revenue')).toEqual([1990, 1990])
      expect(values('orders')).toEqual([2, 5])
      expect(values('margin')).toEqual([-50, -50])
    }
  })

  it('set what is chosen off against the rest', () => {
    const colours = (rows: FigureRow[]) =>
      drawn(rankOption(input(rows))).series[0]!.data.map(({ itemStyle }) => itemStyle.color)
    expect(colours([row('a'), row('b')])).toEqual(['b', 'b'])
    expect(colours([row('a', { chosen: true }), row('b')])).toEqual(['b', 'q'])
  })

  it('say the value with its unit, drawn and not as HTML', () => {
    const { tooltip } = drawn(dayOption(input([row('a')])))
    expect(tooltip.renderMode).toBe('richText')
    expect(tooltip.formatter([{ name: '<b>a</b>', value: 12 }])).toBe('<b>a</b>\n12 EUR')
  })
})

it('days are named shortly on the axis and fully in the tooltip', () => {
  const option = dayOption(input([row('Nov 1, 2026')])) as {
    xAxis: { data: string[]; axisLabel: { formatter: (label: string, place: number) => string } }
  }
  expect(option.xAxis.data).toEqual(['Nov 1, 2026'])
  expect(option.xAxis.axisLabel.formatter('Nov 1, 2026', 0)).toBe('N')
})

it('a table as a file has plain decimals and its currency', () => {
  const titles = { orders: 'O', revenue: 'R', margin: 'M', known: 'K', currency: 'C' }
  const table = { id: 'skus' as const, title: 'T', what: 'SKU', rows: [row('a'), row('b', { lines: 0 })] }
  expect(toCells(table, { titles, home: 'EUR' })).toEqual([
    ['SKU', 'O', 'R', 'M', 'K', 'C'],
    ['a', 2, 19.9, -0.5, 25, 'EUR'],
    ['b', 2, 19.9, -0.5, 0, 'EUR'],
  ])
  expect(toCells(table, { titles, home: 'JPY' })[1]).toEqual(['a', 2, 1990, -50, 25, 'JPY'])
})
