import type { TableColumn } from '#renderer/ui/data-table.ts'

/** How a person arranged one column; what is absent is as the list brings it. `width` in px. */
export interface ColumnChoice {
  id: string
  width?: number | undefined
  hidden?: boolean | undefined
  pinned?: boolean | undefined
}

/** Columns in the order in which a person put them. May lack columns, and name some that there are no more. */
export type ColumnLayout = readonly ColumnChoice[]

const NARROWEST_PX = 32
const WIDEST_PX = 900

/** A choice for every column there is, in order; a column that nobody has placed stands behind the one that it follows by default. */
export function completeLayout(all: readonly TableColumn[], layout: ColumnLayout): ColumnChoice[] {
  const known = new Set(all.map(({ id }) => id))
  const choices = layout.filter(
    ({ id }, i) => known.has(id) && layout.findIndex((one) => one.id === id) === i,
  )
  all.forEach(({ id, optional }, i) => {
    if (choices.some((choice) => choice.id === id)) return
    const before = all[i - 1]?.id
    const at = choices.findIndex((choice) => choice.id === before)
    choices.splice(at + 1, 0, { id, ...(optional ? { hidden: true } : {}) })
  })
  return choices
}

/** The columns as they are shown: pinned ones first, hidden ones not at all. */
export function arrangeColumns(all: readonly TableColumn[], layout: ColumnLayout): TableColumn[] {
  const byId = new Map(all.map((column) => [column.id, column]))
  const shown = completeLayout(all, layout).flatMap(({ id, hidden, width, pinned = false }) => {
    const column = byId.get(id)
    if (column === undefined || hidden) return []
    return [{ ...column, pinned, ...(width === undefined ? {} : { width: `${width}px` }) }]
  })
  return [...shown.filter(({ pinned }) => pinned), ...shown.filter(({ pinned }) => !pinned)]
}

/** The layout with one column changed. */
export function changeColumn(
  layout: readonly ColumnChoice[],
  id: string,
  patch: Omit<Partial<ColumnChoice>, 'id'>,
): ColumnChoice[] {
  return layout.map((choice) => (choice.id === id ? { ...choice, ...patch } : choice))
}

/** Puts a column to the place of another one. */
export function moveColumn(layout: readonly ColumnChoice[], id: string, to: string): ColumnChoice[] {
  const from = layout.findIndex((choice) => choice.id === id)
  const target = layout.findIndex((choice) => choice.id === to)
  const moved = layout[from]
  if (moved === undefined || target < 0 || from === target) return [...layout]
  const rest = layout.filter((choice) => choice !== moved)
  rest.splice(target, 0, moved)
  return rest
}

export function widthWithin(px: number): number {
  return Math.round(Math.max(NARROWEST_PX, Math.min(WIDEST_PX, px)))
}

/** The least that a grid of these tracks needs, in px: the first length of each, and the gaps between them. */
export function leastWidth(tracks: readonly string[], gap: number): number {
  const least = tracks.map((track) => Number(/\d+/.exec(track)?.[0] ?? 0))
  return least.reduce((sum, px) => sum + px, 0) + gap * Math.max(0, tracks.length - 1)
}

/** How far from the left edge each of the first columns stands; `resolved` are the tracks in px as the browser worked them out. */
export function leftEdges(resolved: string, count: number, gap: number): number[] {
  const widths = resolved.split(' ').map(parseFloat)
  return Array.from({ length: count }, (_, i) =>
    widths.slice(0, i).reduce((sum, width) => sum + (Number.isFinite(width) ? width : 0) + gap, 0),
  )
}
