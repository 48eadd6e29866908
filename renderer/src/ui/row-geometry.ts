/** A list of rows of one height, as a scroll bar over all of them sees it. Lengths in px. */
export interface ListShape {
  count: number
  rowHeight: number
  /** Height of the part that is seen, without the header. */
  viewport: number
}

/** Chromium lays out nothing higher than 2^25 px; above this a longer list is scrolled in proportion. */
const HIGHEST_PX = 30_000_000

/** Height of what scrolls. */
export function canvasHeight({ count, rowHeight }: ListShape): number {
  return Math.min(count * rowHeight, HIGHEST_PX)
}

/** The last place that the scroll bar can be at. */
export function farthest(shape: ListShape): number {
  return Math.max(0, canvasHeight(shape) - shape.viewport)
}

/** How far into the list a place of the scroll bar leads; the same number for every list but the longest. */
export function offsetAt(shape: ListShape, scrollTop: number): number {
  return scrollTop * scaleOf(shape)
}

/** The place of the scroll bar for an offset into the list. */
export function scrollTopAt(shape: ListShape, offset: number): number {
  return offset / scaleOf(shape)
}

/** First and last row that can be seen; `last` is -1 in an empty list. */
export function visibleRows(shape: ListShape, scrollTop: number): { first: number; last: number } {
  const last = shape.count - 1
  const offset = offsetAt(shape, scrollTop)
  const inList = (index: number): number => Math.max(0, Math.min(last, index))
  return {
    first: inList(Math.floor(offset / shape.rowHeight)),
    last: last < 0 ? -1 : inList(Math.ceil((offset + shape.viewport) / shape.rowHeight) - 1),
  }
}

/** The offset that shows a row with as little movement as possible. */
export function offsetToShow({ rowHeight, viewport }: ListShape, index: number, offset: number): number {
  const top = index * rowHeight
  if (top < offset) return top
  return Math.max(offset, top + rowHeight - viewport)
}

function scaleOf({ count, rowHeight, viewport }: ListShape): number {
  const whole = count * rowHeight
  return whole <= HIGHEST_PX ? 1 : (whole - viewport) / (HIGHEST_PX - viewport)
}
