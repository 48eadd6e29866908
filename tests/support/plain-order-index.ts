import type { OrderQuery } from '#core/order/order-query.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import type { OrderId } from '#core/shared/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { OrderIndexClient, ViewState, ViewWindow } from '#renderer/data/order-index/order-views.ts'

interface View {
  query: OrderQuery
  ids: OrderId[]
  state: ViewState
  hear: (state: ViewState) => void
}

/** Views as the page is to find them, by the plainest means: every row is read, nothing is kept. Queues and countries only. */
export function plainOrderIndex(db: CaravelDatabase) {
  const views = new Map<number, View>()
  let named = 0
  let windows = 0

  async function idsOf({ list, filters }: OrderQuery): Promise<OrderId[]> {
    const rows: OrderRow[] = await db.orderRows.orderBy('[sortKey+id]').toArray()
    return rows
      .filter(({ queue }) => list === 'all' || queue === list)
      .filter(({ country }) => filters.country?.includes(country) ?? true)
      .map(({ id }) => id)
  }

  function of(view: number): View {
    const found = views.get(view)
    if (found === undefined) throw new Error('no such view')
    return found
  }

  async function fill(view: number, query: OrderQuery, hear: View['hear']): Promise<ViewState> {
    const ids = await idsOf(query)
    const version = (views.get(view)?.state.version ?? 0) + 1
    const state = { view, count: ids.length, fresh: 0, version }
    views.set(view, { query, ids, state, hear })
    return state
  }

  function windowOf(state: ViewState, from: number, count: number): ViewWindow {
    windows++
    return { ...state, from, ids: of(state.view).ids.slice(from, from + count), range: null }
  }

  const client: OrderIndexClient = {
    open: async (query, onChange, first = 0) => windowOf(await fill(++named, query, onChange), 0, first),
    change: async (view, query, first = 0) => windowOf(await fill(view, query, of(view).hear), 0, first),
    window: (view, from, count) => Promise.resolve(windowOf(of(view).state, from, count)),
    placeOf: (view, id) => Promise.resolve(of(view).ids.indexOf(id)),
    letIn: (view) => Promise.resolve(of(view).state),
    facets: () => Promise.resolve({}),
    insights: () => Promise.reject(new Error('no sums here')),
    close: (view) => void views.delete(view),
    onState(hear) {
      hear({ state: 'ready', done: 0, total: 0 })
      return () => undefined
    },
  }
  return {
    client,
    open: () => views.size,
    windows: () => windows,
    /** Orders changed: every view is made anew and says so. */
    async changed(): Promise<void> {
      for (const [view, { query, hear }] of views) hear(await fill(view, query, hear))
    },
  }
}
