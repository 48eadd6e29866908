import type { Address } from '#core/address/address.ts'
import type { Declaration } from '#core/customs/declaration.ts'
import { ASCENT, DESCENT, MM_PER_PT, type FontId } from '#core/documents/font-metrics.ts'

/** One thing to take from a shelf for this parcel. */
export interface PickLine {
  sku: string
  title: string
  quantity: number
  bin?: string | undefined
}

/** Everything a 100 × 150 mm postal label says. */
export interface LabelInput {
  orderNumber: string
  /** As the post calls it, e.g. `REGISTERED PACKET`. */
  serviceName: string
  /** e.g. `PRIORITAIRE / 航空`; empty for none. */
  priorityMark: string
  from: Address
  to: Address
  /** S10 item number without spaces; may be empty on a draft. */
  tracking: string
  /** Null where no customs declaration is due; the picking list then takes its place. */
  declaration: Declaration | null
  pickLines: readonly PickLine[]
  grossGrams: number
  /** Outer size of the parcel; null when nobody measured it. */
  sizeMm: { length: number; width: number; height: number } | null
  /** A draft is not valid for postage: it is marked across and has no barcode. */
  draft: boolean
}

/** A run of one font on one line. `y` is the baseline. */
export interface TextItem {
  kind: 'text'
  font: FontId
  sizePt: number
  x: number
  y: number
  /** Advance width. */
  width: number
  text: string
}

/** An outlined box. */
export interface RectItem {
  kind: 'rect'
  x: number
  y: number
  width: number
  height: number
  lineWidth: number
}

export interface LineItem {
  kind: 'line'
  x1: number
  y1: number
  x2: number
  y2: number
  lineWidth: number
}

/** A linear barcode: widths in modules, a bar first, then a space, in turn. */
export interface BarsItem {
  kind: 'bars'
  x: number
  y: number
  height: number
  module: number
  widths: readonly number[]
}

/** Hollow text turned anticlockwise about its centre, over everything else. */
export interface WatermarkItem {
  kind: 'watermark'
  font: FontId
  sizePt: number
  centreX: number
  centreY: number
  width: number
  degrees: number
  lineWidth: number
  text: string
}

export type LabelItem = TextItem | RectItem | LineItem | BarsItem | WatermarkItem

/** What to draw, in mm from the top left corner; black on white. */
export interface LabelLayout {
  /** PDF title. */
  title: string
  width: number
  height: number
  items: readonly LabelItem[]
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** The room a text run takes, in mm. */
export function textBox(item: TextItem): Box {
  const em = item.sizePt * MM_PER_PT
  return { x: item.x, y: item.y - ASCENT * em, width: item.width, height: (ASCENT + DESCENT) * em }
}
