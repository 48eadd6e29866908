/** A row that a list wants to draw. */
export interface Wanted {
  index: number
  key: unknown
}

/** Rows on the screen; those around them are drawn ahead of scrolling. */
export interface Visible {
  startIndex: number
  endIndex: number
}

/** Drawing one row takes up to 1.5 ms of a slow machine. */
const ROWS_PER_FRAME = 16

/**
 * How many rows a frame may bring in. A list that is exchanged for another, as by a search, would else draw everything in one
 * go, and a frame that comes late while the machine is busy would bring in more rows and so make the next one later still.
 */
export class RowBudget<Item extends Wanted> {
  #there: ReadonlySet<unknown> = new Set()
  #left = ROWS_PER_FRAME
  #short = false

  /** Of the rows that are wanted, those that may be drawn: all that are there, and of the others as many as are left, visible ones first. */
  admit(wanted: readonly Item[], visible: Visible | null): Item[] {
    const fresh = wanted.filter(({ key }) => !this.#there.has(key))
    this.#short = fresh.length > this.#left
    const taken = new Set(this.#short ? visibleFirst(fresh, visible).slice(0, this.#left) : fresh)
    const admitted = wanted.filter((item) => this.#there.has(item.key) || taken.has(item))
    this.#left -= taken.size
    this.#there = new Set(admitted.map(({ key }) => key))
    return admitted
  }

  /** A frame was drawn. Says whether rows wait to be asked for again. */
  nextFrame(): boolean {
    this.#left = ROWS_PER_FRAME
    return this.#short
  }
}

function visibleFirst<Item extends Wanted>(items: readonly Item[], visible: Visible | null): Item[] {
  if (visible === null) return [...items]
  const isVisible = ({ index }: Item): boolean => index >= visible.startIndex && index <= visible.endIndex
  return [...items.filter(isVisible), ...items.filter((item) => !isVisible(item))]
}
