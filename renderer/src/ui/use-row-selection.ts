import { computed, type Ref } from 'vue'
import {
  addRows,
  ALL_SELECTED,
  countSelected,
  isSelected,
  NOTHING_SELECTED,
  toggleRow,
  type RowSelection,
} from '#renderer/ui/row-selection.ts'
import type { RowSource } from '#renderer/ui/row-source.ts'

/** The selection of a list as keys and clicks change it: one row, from the last one to here, or all. */
export function useRowSelection<Row>(source: () => RowSource<Row>, selection: Ref<RowSelection>) {
  const count = computed(() => countSelected(selection.value, source().count))
  const all = computed(() => source().count > 0 && count.value === source().count)
  /** Where a range begins, and what was selected before it. */
  let anchor: { place: number; before: RowSelection } | null = null
  let asked = 0

  function toggle(row: Row): void {
    const key = source().keyOf(row)
    selection.value = toggleRow(selection.value, key)
    anchor = { place: source().placeOf(key), before: selection.value }
  }

  return {
    ...{ count, all, toggle },
    has: (row: Row): boolean => isSelected(selection.value, source().keyOf(row)),
    toggleAll(): void {
      selection.value = all.value ? NOTHING_SELECTED : ALL_SELECTED
      anchor = null
    },
    /** Everything from where the range begins to here; it begins at `from` when nothing was touched yet. */
    async extend(from: number, to: number): Promise<void> {
      anchor ??= { place: Math.max(0, from), before: selection.value }
      const { place, before } = anchor
      const turn = ++asked
      const keys = await source().keysBetween(Math.min(place, to), Math.max(place, to))
      if (turn === asked) selection.value = addRows(before, keys)
    },
    /** The next range begins elsewhere. */
    letGo(): void {
      anchor = null
    },
  }
}
