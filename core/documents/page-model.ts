import { ASCENT, DESCENT, MM_PER_PT, type FontId } from '#core/documents/font-metrics.ts'

/**
 * What a paper looks like before it is a PDF: pages of items in mm from the top left corner, black on white. The PDF and the preview on
 * the screen are drawn from the same pages.
 */

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

/** A square code: rows of dots from the top, `1` is black. */
export interface MatrixItem {
  kind: 'matrix'
  x: number
  y: number
  module: number
  rows: readonly string[]
}

export type PageItem = TextItem | RectItem | LineItem | BarsItem | MatrixItem | WatermarkItem

export interface Page {
  width: number
  height: number
  items: readonly PageItem[]
}

/** A paper of one page or more, all about one order, parcel or batch. */
export interface PaperLayout {
  /** PDF title. */
  title: string
  pages: readonly Page[]
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
