import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { OrderQuery } from '#core/order/order-query.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import type { OrderId } from '#core/shared/ids.ts'
import type { IndexState, Selection } from '#renderer/data/order-index/order-views.ts'
import { watchQueueRows, type QueueCounts } from '#renderer/data/queries/order-lists.ts'
import { OrderWindows, type WindowedList } from '#renderer/data/queries/order-windows.ts'
import { keepSame } from '#renderer/data/queries/same-rows.ts'
import { useLive } from '#renderer/app/live.ts'
import { isPlain } from '#renderer/app/order-address.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'
import type { RowSelection } from '#renderer/ui/row-selection.ts'
import { wholeSource, type RowSource } from '#renderer/ui/row-source.ts'
import { useShown } from '#renderer/ui/shown.ts'

const EARLY_ROWS = 100
const MOST_EARLY_ROWS = 1000
const keyOf = (row: OrderRow): string => row.id

/**
 * The list of the page: a view of the worker's index, or, until that can answer, the first rows of a plain queue from the store.
 * New orders come in by themselves while nobody works in the list, else on request.
 */
export function useOrderList(
  query: () => OrderQuery,
  page: { busy: () => boolean; counts: () => QueueCounts | undefined },
) {
  const { db, orders: orderIndex } = useWorkspace()
  const index = shallowRef<IndexState>({ state: 'loading', done: 0, total: 0 })
  const windowed = shallowRef<WindowedList | null>(null)
  const shown = useShown()
  let late: WindowedList | null = null
  const failed = shallowRef<unknown>()
  const windows = new OrderWindows(db, orderIndex, {
    list: (list) => {
      failed.value = undefined
      late = shown.value ? null : list
      if (shown.value) windowed.value = list
    },
    failed: (error) => (failed.value = error),
  })
  const wanted = computed(() => JSON.stringify(query()))
  onScopeDispose(orderIndex.onState((state) => (index.value = state)))
  onScopeDispose(() => windows.end())
  watch(wanted, () => windows.show(query()), { immediate: true })
  // What nobody looks at is not drawn.
  watch(shown, (now) => now && late !== null && (windowed.value = late))

  /** While the index works, what is shown stays until its answer is there; without it the page helps itself. */
  const list = computed(() => {
    const shown = windowed.value
    if (shown === null || index.value.state === 'ready') return shown
    return JSON.stringify(shown.query) === wanted.value ? shown : null
  })
  // An empty list keeps nothing steady.
  const steady = (): boolean => page.busy() && shown.value && list.value?.count !== 0
  watch([() => list.value?.query, steady], ([shown, busy]) => shown && void windows.letIn(!busy))

  const early = useEarlyRows(() => (list.value === null && index.value.state !== 'ready' ? query() : null))
  const source = computed<RowSource<OrderRow> | null>(() => {
    if (list.value !== null) return windowedSource(list.value, windows)
    const rows = early.rows.value
    if (rows === null) return null
    const count = Math.max(rows.length, page.counts()?.[query().list] ?? 0)
    return { ...wholeSource(rows, keyOf), count, want: (_, to) => early.want(to) }
  })

  return {
    ...{ source, index },
    error: computed(() => failed.value ?? (list.value === null ? early.error.value : undefined)),
    fresh: computed(() => list.value?.fresh ?? 0),
    /** What is shown is what was asked for. */
    settled: computed(() => list.value === null || JSON.stringify(list.value.query) === wanted.value),
    /** What is shown; null until the index has answered. */
    shown: computed(() => list.value?.query ?? null),
    view: computed(() => list.value?.view ?? null),
    letIn: () => void windows.letIn(false),
    hasLeft: (id: string) => list.value?.hasLeft(id) ?? false,
    follow: (ids: readonly OrderId[]) => windows.follow(ids),
    retry(): void {
      failed.value = undefined
      early.retry()
      windows.show(query())
    },
    /** What a verb works on; null while nobody knows what all of the list are. */
    selectionOf({ all, keys }: RowSelection): Selection | null {
      const ids = [...keys] as OrderId[]
      if (!all) return { ids }
      return list.value === null ? null : { view: list.value.view, except: ids }
    },
  }
}

function windowedSource(list: WindowedList, windows: OrderWindows): RowSource<OrderRow> {
  return {
    count: list.count,
    rowAt: (at) => list.rowAt(at),
    keyOf,
    placeOf: (key) => list.placeOf(key),
    keysBetween: (from, to) => list.keysBetween(from, to),
    want: (from, to) => windows.want(from, to),
  }
}

/** The first rows of a plain queue, live, by keyset; null for any other query. */
function useEarlyRows(query: () => OrderQuery | null) {
  const { db } = useWorkspace()
  const limit = ref(EARLY_ROWS)
  const list = computed(() => {
    const asked = query()
    return asked !== null && isPlain(asked) ? asked.list : null
  })
  watch(list, () => (limit.value = EARLY_ROWS))
  const live = useLive(() => (list.value === null ? null : watchQueueRows(db, list.value, limit.value)))
  const rows = computed<OrderRow[] | null>((before) =>
    list.value === null || live.data.value === undefined ? null : keepSame(before ?? [], live.data.value),
  )
  return {
    rows,
    error: live.error,
    retry: () => live.retry(),
    want(to: number): void {
      if (to >= limit.value && limit.value < MOST_EARLY_ROWS) limit.value += EARLY_ROWS
    },
  }
}
