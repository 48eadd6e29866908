/** A row that a list wants to draw. */
export interface Wanted {
  index: number
  key: string
}

/** Rows on the screen; those around them are drawn ahead of scrolling. */
export interface Visible {
  first: number
  last: number
}

/** Places of a list that are drawn, and how many it has. */
export interface Places {
  from: number
  to: number
  count: number
}

export type Placed<Item extends Wanted> = Item & { slot: number }

/** Making one row takes up to 1.5 ms of a slow machine; letting one say something else a third of it. */
const NEW_ROWS_PER_FRAME = 16

/**
 * The elements that show the rows of a list, each called a slot. A row that leaves the screen leaves its slot to one that comes in, so that
 * a list which is exchanged for another, or scrolled somewhere else, changes what its elements say and makes none. Those that have to be
 * made, as in a list that opens, are spread over frames.
 */
export class RowSlots<Item extends Wanted> {
  #held: readonly Placed<Item>[] = []
  #slots = 0
  #left = NEW_ROWS_PER_FRAME
  #short = false

  /**
   * The rows to draw, by their places: all that are there or find a slot, and as many others as this frame may still make, visible ones
   * first. While the rows at the screen's place are not read yet (fewer are `wanted` than it has places for), those of the place before
   * stand by where they were, which is out of sight.
   */
  place(wanted: readonly Item[], visible: Visible, places: Places): Placed<Item>[] {
    const before = new Map(this.#held.map((held) => [held.key, held.slot]))
    const stay = wanted.flatMap((item) => this.#staying(item, before))
    const staying = new Set(stay.map(({ slot }) => slot))
    const free = this.#held.filter(({ slot }) => !staying.has(slot))
    const fresh = wanted.filter(({ key }) => !before.has(key))
    const room = free.length + this.#left
    this.#short = fresh.length > room
    const taken = this.#short ? visibleFirst(fresh, visible).slice(0, room).sort(byIndex) : fresh
    this.#left -= Math.max(0, taken.length - free.length)
    const moved = taken.map((item, i) => ({ ...item, slot: free[i]?.slot ?? this.#slots++ }))
    const size = places.to - places.from + 1
    const byAndBy = free
      .slice(taken.length)
      .filter(({ index }) => index < places.from || (index > places.to && index < places.count))
      .slice(0, Math.max(0, size - stay.length - moved.length))
    this.#held = [...stay, ...moved, ...byAndBy].sort(byIndex)
    return [...this.#held]
  }

  /** A frame was drawn. Says whether rows wait to be asked for again. */
  nextFrame(): boolean {
    this.#left = NEW_ROWS_PER_FRAME
    return this.#short
  }

  #staying(item: Item, before: ReadonlyMap<string, number>): Placed<Item>[] {
    const slot = before.get(item.key)
    return slot === undefined ? [] : [{ ...item, slot }]
  }
}

const byIndex = (a: Wanted, b: Wanted): number => a.index - b.index

function visibleFirst<Item extends Wanted>(items: readonly Item[], { first, last }: Visible): Item[] {
  const isVisible = ({ index }: Item): boolean => index >= first && index <= last
  return [...items.filter(isVisible), ...items.filter((item) => !isVisible(item))]
}
