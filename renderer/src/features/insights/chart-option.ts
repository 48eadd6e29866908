import type { EChartsCoreOption } from 'echarts/core'
import type { Measure } from '#core/order/insights.ts'
import { measureOf, type FigureRow } from '#renderer/features/insights/figure-rows.ts'

/** Colours and letters of the theme that is on, as a canvas needs them. */
export interface ChartLook {
  bar: string
  /** Of bars that a filter leaves aside. */
  quiet: string
  text: string
  muted: string
  line: string
  surface: string
  font: string
}

export interface ChartWords {
  /** A value with its unit, for the tooltip. */
  exact: (value: number) => string
  /** Short, for the axis. */
  short: (value: number) => string
  /** A row's name where there is little room. */
  name: (row: FigureRow) => string
}

export interface ChartInput {
  rows: readonly FigureRow[]
  measure: Measure
  look: ChartLook
  words: ChartWords
}

/** Height of a lying bar with its space, in CSS pixels. */
export const BAR_HEIGHT = 24
const CAPTION = 11

/** Standing bars over the days. */
export function dayOption(input: ChartInput): EChartsCoreOption {
  const { rows, look, words } = input
  return {
    ...common(input),
    grid: { left: 8, right: 24, top: 12, bottom: 4, containLabel: true },
    xAxis: {
      ...{ type: 'category', data: rows.map(({ label }) => label) },
      axisLabel: {
        ...{ color: look.muted, fontSize: CAPTION, fontFamily: look.font, hideOverlap: true },
        formatter: (label: string, place: number) => (rows[place] ? words.name(rows[place]) : label),
      },
      axisLine: { lineStyle: { color: look.line } },
      axisTick: { show: false },
    },
    yAxis: valueAxis(input),
    series: [{ ...bars(input), barMaxWidth: 28, barCategoryGap: '25%' }],
  }
}

/** Lying bars, the longest on top, with their names on the left. */
export function rankOption(input: ChartInput): EChartsCoreOption {
  const { rows, look } = input
  return {
    ...common(input),
    grid: { left: 8, right: 16, top: 4, bottom: 4, containLabel: true },
    xAxis: valueAxis(input),
    yAxis: {
      ...{ type: 'category', inverse: true, data: rows.map(({ label }) => label) },
      axisLabel: {
        ...{ color: look.text, fontSize: CAPTION, fontFamily: look.font },
        ...{ width: 112, overflow: 'truncate' },
      },
      axisLine: { lineStyle: { color: look.line } },
      axisTick: { show: false },
    },
    series: [{ ...bars(input), barMaxWidth: 14 }],
  }
}

function common({ look, words }: ChartInput): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    tooltip: {
      // Drawn on the canvas: a box of HTML would carry styles that the policy of the page refuses.
      renderMode: 'richText',
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: look.line, opacity: 0.4 } },
      ...{ backgroundColor: look.surface, borderColor: look.line, borderWidth: 1, padding: 8 },
      textStyle: { color: look.text, fontSize: 12, fontFamily: look.font },
      formatter: (points: { name: string; value: number }[]) =>
        points.map(({ name, value }) => `${name}\n${words.exact(value)}`).join('\n'),
      confine: true,
    },
  }
}

function valueAxis({ look, words }: ChartInput): object {
  return {
    ...{ type: 'value', splitNumber: 4 },
    axisLabel: {
      color: look.muted,
      fontSize: CAPTION,
      fontFamily: look.font,
      formatter: words.short,
      hideOverlap: true,
    },
    splitLine: { lineStyle: { color: look.line } },
  }
}

function bars({ rows, measure, look }: ChartInput): object {
  const some = rows.some(({ chosen }) => chosen)
  return {
    type: 'bar',
    data: rows.map((row) => ({
      value: measureOf(row, measure),
      itemStyle: { color: some && !row.chosen ? look.quiet : look.bar },
    })),
    itemStyle: { borderRadius: 2 },
    emphasis: { disabled: true },
  }
}
