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
const ROWS_PER_FRAME = 16

/**
 * The elements that show the rows of a list, each called a slot. A row that leaves the screen leaves its slot to one that comes in, so that
 * a list which is exchanged for another, or scrolled somewhere else, changes what its elements say and makes none. Those that have to be
 * made, as in a list that opens, and those that nobody sees yet are spread over frames.
 */
export class RowSlots<Item extends Wanted> {
  #held: readonly Placed<Item>[] = []
  #slots = 0
  #left = ROWS_PER_FRAME
  #short = false

  /**
   * The rows to draw, by their places: all that are there, and of the others those on the screen as far as there are elements or this frame
   * may make some; rows around them wait for the next frames. While the rows of the screen's place are not read yet (`wanted` lacks them),
   * those of the place before stand by where they were, which is out of sight.
   */
  place(wanted: readonly Item[], visible: Visible, places: Places): Placed<Item>[] {
    const before = new Map(this.#held.map((held) => [held.key, held.slot]))
    const stay = wanted.flatMap((item) => this.#staying(item, before))
    const staying = new Set(stay.map(({ slot }) => slot))
    const free = this.#held.filter(({ slot }) => !staying.has(slot))
    const fresh = wanted.filter(({ key }) => !before.has(key))
    const seen = fresh.filter(({ index }) => index >= visible.first && index <= visible.last)
    const around = fresh.filter((item) => !seen.includes(item))
    const room = Math.min(free.length + this.#left, Math.max(seen.length, this.#left))
    const taken = [...seen, ...around].slice(0, room).sort(byIndex)
    this.#short = taken.length < fresh.length
    this.#left = Math.max(0, this.#left - taken.length)
    const given = spread(free, taken)
    const moved = taken.map((item, i) => ({ ...item, slot: given[i]?.slot ?? this.#slots++ }))
    const size = places.to - places.from + 1
    const byAndBy = free
      .filter((held) => !given.includes(held))
      .filter(({ index }) => index < places.from || (index > places.to && index < places.count))
      .slice(0, Math.max(0, size - stay.length - moved.length))
    this.#held = [...stay, ...moved, ...byAndBy].sort(byIndex)
    return [...this.#held]
  }

  /** A frame was drawn. Says whether rows wait to be asked for again. */
  nextFrame(): boolean {
    this.#left = ROWS_PER_FRAME
    return this.#short
  }

  #staying(item: Item, before: ReadonlyMap<string, number>): Placed<Item>[] {
    const slot = before.get(item.key)
    return slot === undefined ? [] : [{ ...item, slot }]
  }
}

const byIndex = (a: Wanted, b: Wanted): number => a.index - b.index

/** Of the slots that are free, those to give away: from the side where the rows come in, so that few elements change their order. */
function spread<Item extends Wanted>(
  free: readonly Placed<Item>[],
  taken: readonly Item[],
): readonly Placed<Item>[] {
  const before = free.filter(({ index }) => index < (taken[0]?.index ?? 0)).length
  const start = before > free.length / 2 ? Math.max(0, free.length - taken.length) : 0
  return free.slice(start, start + taken.length)
}
