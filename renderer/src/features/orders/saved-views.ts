import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import { useTranslation } from 'i18next-vue'
import { canonicalJson } from '#core/shared/canonical-json.ts'
import type { ListId, OrderQuery } from '#core/order/order-query.ts'
import type { SavedView, ViewColumn, ViewId } from '#core/order/saved-view.ts'
import { watchViews } from '#renderer/data/queries/saved-views.ts'
import type { ViewState } from '#renderer/data/order-index/order-views.ts'
import { arrangeQueue, orderViews, removeView, restoreView } from '#renderer/usecases/order-views.ts'
import { addView, changeView } from '#renderer/usecases/save-view.ts'
import { shareView, takeInView } from '#renderer/usecases/share-view.ts'
import { useLive } from '#renderer/app/live.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'
import type { useOrderRoute } from '#renderer/features/orders/order-route.ts'
import { useShown } from '#renderer/ui/shown.ts'

/** The person's own lists, and how columns are arranged; each verb with its words and its way back. */
export function useSavedViews() {
  const { db, context } = useWorkspace()
  const { t } = useTranslation()
  const notices = useNotices()
  const here = useLive(() => watchViews(db))
  const views = computed<readonly SavedView[]>(() => here.data.value?.views ?? [])

  async function remove(id: ViewId): Promise<void> {
    const removed = notices.settle(await removeView(context, { id }))
    if (removed === null) return
    notices.done(t('orders:views.removed', { name: removed.name }), async () =>
      notices.settle(await restoreView(context, { view: removed })),
    )
  }

  async function move(id: ViewId, delta: 1 | -1): Promise<void> {
    const ids = views.value.map((view) => view.id)
    const at = ids.indexOf(id)
    const other = ids[at + delta]
    if (at < 0 || other === undefined) return
    ids[at + delta] = id
    ids[at] = other
    notices.settle(await orderViews(context, { ids }))
  }

  return {
    ...{ views, remove, move, arrange: useArranging() },
    /** False until it is known which views there are. */
    known: computed(() => here.data.value !== undefined),
    columnsOf: (list: ListId, view: SavedView | null): readonly ViewColumn[] =>
      view?.columns ?? here.data.value?.queues[list] ?? [],
    async add(name: string, query: OrderQuery, columns: readonly ViewColumn[]): Promise<SavedView | null> {
      const view = { name, query, columns: [...columns], density: null }
      return notices.settle(await addView(context, view), t('orders:views.saved', { name: name.trim() }))
    },
    async change(id: ViewId, patch: Partial<Pick<SavedView, 'name' | 'query' | 'density' | 'opensFirst'>>) {
      return notices.settle(await changeView(context, { id, patch }))
    },
    async share(view: SavedView): Promise<void> {
      const done = notices.settle(await shareView(context, { view }))
      if (done?.saved) notices.done(t('orders:views.shared', { name: view.name }))
    },
    /** A view from a file; what its filter names and is not here is said. */
    async takeIn(content: string): Promise<SavedView | null> {
      const taken = notices.settle(await takeInView(context, { content }))
      if (taken === null) return null
      const { view, unknownShops } = taken
      const shops = unknownShops.join(', ')
      notices.done(
        unknownShops.length === 0
          ? t('orders:views.taken-in', { name: view.name })
          : t('orders:views.taken-in-without', { name: view.name, shops }),
      )
      return view
    },
  }
}

/** Keeps how columns are arranged: with the view that is open, else with the queue. */
function useArranging() {
  const { context } = useWorkspace()
  const notices = useNotices()
  return async (
    list: ListId,
    view: SavedView | null,
    columns: readonly ViewColumn[] | null,
  ): Promise<void> => {
    if (view === null) notices.settle(await arrangeQueue(context, { list, columns }))
    else notices.settle(await changeView(context, { id: view.id, patch: { columns: [...(columns ?? [])] } }))
  }
}

/** The view that the address names, and whether the list has moved on from it. The page opens with the view that a person chose for that. */
export function useOpenView(
  route: ReturnType<typeof useOrderRoute>,
  saved: ReturnType<typeof useSavedViews>,
) {
  const started = useRoute().redirectedFrom?.path === '/'
  const view = computed(() => saved.views.value.find(({ id }) => id === route.view.value) ?? null)
  const stop = watch(
    saved.known,
    (known) => {
      if (!known) return
      stop?.()
      const first = saved.views.value.find(({ opensFirst }) => opensFirst)
      if (started && first && route.view.value === '') void route.narrow(first.query, first.id)
    },
    { flush: 'post', immediate: true },
  )
  return {
    view,
    changed: computed(
      () => view.value !== null && canonicalJson(view.value.query) !== canonicalJson(route.query.value),
    ),
  }
}

/** How many orders are in each view, kept up by the index; a view without an entry is not counted yet. */
export function useViewCounts(views: () => readonly SavedView[]) {
  const { orders: orderIndex } = useWorkspace()
  const counts = shallowRef<ReadonlyMap<string, number>>(new Map())
  const shown = useShown()
  /** What came while nobody looks at it, to be drawn when somebody does. */
  let late: ReadonlyMap<string, number> | null = null
  const open = new Map<string, { query: string; close: () => void }>()

  function follow({ id, query }: SavedView): void {
    const take = ({ count, fresh }: ViewState): void => {
      const next = new Map(late ?? counts.value).set(id, count + fresh)
      late = shown.value ? null : next
      if (shown.value) counts.value = next
    }
    const entry = {
      query: JSON.stringify(query),
      close: () => void opened.then((state) => state && orderIndex.close(state.view)),
    }
    open.set(id, entry)
    // A view that is not counted shows no count.
    const opened = orderIndex.open(query, (state) => open.get(id) === entry && take(state)).catch(() => null)
    void opened.then((state) => state && open.get(id) === entry && take(state))
  }

  function leave(id: string): void {
    open.get(id)?.close()
    open.delete(id)
  }

  watch(
    views,
    (list) => {
      for (const [id, { query }] of open) {
        const view = list.find((one) => one.id === id)
        if (view === undefined || JSON.stringify(view.query) !== query) leave(id)
      }
      for (const view of list) if (!open.has(view.id)) follow(view)
    },
    { immediate: true },
  )
  watch(shown, (now) => {
    if (now && late !== null) counts.value = late
    late = null
  })
  onScopeDispose(() => [...open.keys()].forEach(leave))
  return counts
}
