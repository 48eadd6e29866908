/** A column of a {@link DataTable}; `width` is a CSS grid track that begins with its least width in px. */
export interface TableColumn {
  id: string
  title: string
  width: string
  align?: 'right'
  /** Its header sorts by it. */
  sortable?: boolean
  /** It is there on request only. */
  optional?: boolean
  /** It stays at the left edge when the list is scrolled sideways. */
  pinned?: boolean
}

export interface TableSort {
  by: string
  descending: boolean
}

export type Density = 'compact' | 'normal' | 'roomy'

export const ROW_HEIGHT: Record<Density, number> = { compact: 28, normal: 32, roomy: 40 }
/** Height of the second line that the rows of a list may carry. */
export const DETAIL_HEIGHT = 24
/** Between columns, in px; `gap-x-2.5` in the markup. */
export const COLUMN_GAP = 10

/** Where a movement key leads, or null when the key does not move. */
export function moveTo(key: string, at: number, count: number, page: number): number | null {
  if (count === 0) return null
  const last = count - 1
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return Math.min(last, at + 1)
    case 'k':
    case 'ArrowUp':
      return at < 0 ? last : Math.max(0, at - 1)
    case 'Home':
      return 0
    case 'End':
      return last
    case 'PageDown':
      return Math.min(last, Math.max(at, 0) + page)
    case 'PageUp':
      return Math.max(0, at - page)
    default:
      return null
  }
}
