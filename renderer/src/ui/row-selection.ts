/** Which rows of a list are selected: those of `keys`, or with `all` every row but those. */
export interface RowSelection {
  all: boolean
  keys: ReadonlySet<string>
}

export const NOTHING_SELECTED: RowSelection = { all: false, keys: new Set() }
export const ALL_SELECTED: RowSelection = { all: true, keys: new Set() }

export function isSelected({ all, keys }: RowSelection, key: string): boolean {
  return keys.has(key) !== all
}

/** How many of a list of `count` rows. */
export function countSelected({ all, keys }: RowSelection, count: number): number {
  return all ? Math.max(0, count - keys.size) : keys.size
}

export function toggleRow(selection: RowSelection, key: string): RowSelection {
  const keys = new Set(selection.keys)
  if (!keys.delete(key)) keys.add(key)
  return { all: selection.all, keys }
}

/** Selects these rows on top of what is selected. */
export function addRows({ all, keys }: RowSelection, added: Iterable<string>): RowSelection {
  const next = new Set(keys)
  for (const key of added) {
    if (all) next.delete(key)
    else next.add(key)
  }
  return { all, keys: next }
}
