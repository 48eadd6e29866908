import { computed, shallowRef, watch } from 'vue'
import type { useOrderList } from '#renderer/features/orders/order-list.ts'
import type { useOrderRoute } from '#renderer/features/orders/order-route.ts'
import { countSelected, NOTHING_SELECTED, type RowSelection } from '#renderer/ui/row-selection.ts'

/** The selection over a whole list, however long: another list begins with none, and an order that has left is not selected any more. */
export function useSelectedOrders(
  list: ReturnType<typeof useOrderList>,
  route: ReturnType<typeof useOrderRoute>,
) {
  const selected = shallowRef<RowSelection>(NOTHING_SELECTED)

  watch(
    () => JSON.stringify(route.query.value),
    () => (selected.value = NOTHING_SELECTED),
  )
  watch(list.source, () => {
    const { all, keys } = selected.value
    const left = [...keys].filter((key) => !list.hasLeft(key))
    if (left.length < keys.size) selected.value = { all, keys: new Set(left) }
  })

  return {
    selected,
    count: computed(() => countSelected(selected.value, list.source.value?.count ?? 0)),
    selection: computed(() => list.selectionOf(selected.value)),
    clear: () => (selected.value = NOTHING_SELECTED),
  }
}
