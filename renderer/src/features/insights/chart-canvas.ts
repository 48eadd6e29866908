import { BarChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { onBeforeUnmount, onMounted, watch, type Ref } from 'vue'
import type { ChartLook } from '#renderer/features/insights/chart-option.ts'

use([BarChart, GridComponent, TooltipComponent, CanvasRenderer])

/** Which rows were dragged over, both included; the same for a click. */
export type Picked = (from: number, to: number) => void

interface Drawing {
  option: Readonly<Ref<EChartsCoreOption>>
  /** Changes when the room does, in CSS pixels. */
  size: Readonly<Ref<{ width: number; height: number }>>
  /** Along which axis the rows are. */
  axis: 'x' | 'y'
  picked: Picked
}

/** A chart in an element for as long as the component lives. Its numbers are in the table under it; this is their picture. */
export function useChartCanvas(
  host: Readonly<Ref<HTMLElement | null>>,
  { option, size, axis, picked }: Drawing,
): { chart: () => EChartsType | null } {
  let chart: EChartsType | null = null
  let frame = 0

  function draw(): void {
    if (host.value === null) return
    if (chart === null) {
      chart = init(host.value, null, { renderer: 'canvas', ...size.value })
      followPointer(chart, axis, picked)
    }
    chart.setOption(option.value, { notMerge: true })
  }

  onMounted(() => inFrameOfItsOwn(draw))
  watch(option, () => inFrameOfItsOwn(draw))
  watch(size, (now) => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => chart?.resize(now))
  })
  onBeforeUnmount(() => {
    toDraw.delete(draw)
    cancelAnimationFrame(frame)
    chart?.dispose()
    chart = null
  })
  return { chart: () => chart }
}

/** Charts that wait for their frame. */
const toDraw = new Set<() => void>()

/** Four charts drawn in one frame are a task that people feel. */
function inFrameOfItsOwn(draw: () => void): void {
  if (toDraw.size === 0) requestAnimationFrame(drawNext)
  toDraw.add(draw)
}

function drawNext(): void {
  const [next] = toDraw
  if (next === undefined) return
  toDraw.delete(next)
  if (toDraw.size > 0) requestAnimationFrame(drawNext)
  next()
}

function followPointer(chart: EChartsType, axis: 'x' | 'y', picked: Picked): void {
  const placeOf = (event: { offsetX: number; offsetY: number }): number | null => {
    const point = [event.offsetX, event.offsetY]
    if (!chart.containPixel({ gridIndex: 0 }, point)) return null
    const [x = 0, y = 0] = chart.convertFromPixel({ gridIndex: 0 }, point)
    return Math.round(axis === 'x' ? x : y)
  }
  let from: number | null = null
  const canvas = chart.getZr()
  canvas.on('mousedown', (event) => {
    from = placeOf(event)
  })
  canvas.on('mouseup', (event) => {
    const to = placeOf(event)
    if (from !== null && to !== null) picked(Math.min(from, to), Math.max(from, to))
    from = null
  })
}

/** The theme's colours as they are now. */
export function readLook(): ChartLook {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    ...{ bar: token('--ui-primary'), quiet: token('--ui-border-accented'), text: token('--ui-text') },
    ...{ muted: token('--ui-text-muted'), line: token('--ui-border'), surface: token('--ui-bg') },
    font: getComputedStyle(document.body).fontFamily,
  }
}

const MARGIN = 16
const HEAD = 56
const SCALE = 2

/** The chart as a picture that can stand alone: with its title, and under it what the figures are of. */
export async function toPicture(
  chart: EChartsType,
  { look, title, about }: { look: ChartLook; title: string; about: string },
): Promise<Uint8Array | null> {
  const [width, height] = [chart.getWidth() + 2 * MARGIN, chart.getHeight() + HEAD + MARGIN]
  const canvas = document.createElement('canvas')
  canvas.width = width * SCALE
  canvas.height = height * SCALE
  const pen = canvas.getContext('2d')
  if (pen === null) return null
  pen.scale(SCALE, SCALE)
  pen.fillStyle = look.surface
  pen.fillRect(0, 0, width, height)
  pen.fillStyle = look.text
  pen.font = `550 14px ${look.font}`
  pen.fillText(title, MARGIN, 26)
  pen.fillStyle = look.muted
  pen.font = `400 11px ${look.font}`
  pen.fillText(about, MARGIN, 44, width - 2 * MARGIN)
  const drawn = chart.renderToCanvas({ pixelRatio: SCALE, backgroundColor: look.surface })
  pen.drawImage(drawn, MARGIN, HEAD, chart.getWidth(), chart.getHeight())
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  return blob === null ? null : new Uint8Array(await blob.arrayBuffer())
}
