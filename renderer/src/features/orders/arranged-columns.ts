import { computed, type Ref } from 'vue'
import type { ListId } from '#core/order/order-query.ts'
import type { SavedView } from '#core/order/saved-view.ts'
import { useOrderColumns, type Room } from '#renderer/features/orders/order-columns.ts'
import type { useSavedViews } from '#renderer/features/orders/saved-views.ts'
import {
  arrangeColumns,
  changeColumn,
  completeLayout,
  moveColumn,
  type ColumnLayout,
} from '#renderer/ui/column-layout.ts'

/** The columns of the list as a person arranged them; what is changed is kept with the queue, or with the view that is open. */
export function useArrangedColumns(of: {
  saved: ReturnType<typeof useSavedViews>
  view: Readonly<Ref<SavedView | null>>
  list: () => ListId
  room: () => Room
}) {
  const columnsOf = useOrderColumns()
  const all = computed(() => columnsOf(of.list(), of.room() === 'narrow' ? 'normal' : of.room()))
  const layout = computed<ColumnLayout>(() => of.saved.columnsOf(of.list(), of.view.value))
  const arrange = (columns: ColumnLayout | null) => of.saved.arrange(of.list(), of.view.value, columns)

  return {
    ...{ all, layout, arrange },
    /** Beside the panel columns have widths of that place, whatever was arranged. */
    shown: computed(() => {
      if (of.room() !== 'narrow') return arrangeColumns(all.value, layout.value)
      return arrangeColumns(
        columnsOf(of.list(), 'narrow'),
        layout.value.map(({ width: _, ...choice }) => choice),
      )
    }),
    resize: (id: string, width: number) =>
      arrange(changeColumn(completeLayout(all.value, layout.value), id, { width })),
    move: (id: string, to: string) => arrange(moveColumn(completeLayout(all.value, layout.value), id, to)),
  }
}
