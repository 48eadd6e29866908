import type { Insights } from '#core/order/insights.ts'
import type {
  FacetCounts,
  IndexState,
  OrderIndexClient,
  ViewState,
  ViewWindow,
} from '#renderer/data/order-index/order-views.ts'
import type { FromWorker, OrdersCall, ToWorker } from '#renderer/worker/messages.ts'

/** The index in the worker's memory, as the page asks it. `ask` sends a question under a number and waits for its answer. */
export function orderIndexClient(
  worker: Pick<Worker, 'addEventListener'>,
  tell: (message: ToWorker) => void,
  ask: <T>(send: (number: number) => void) => Promise<T>,
): OrderIndexClient {
  const hearing = new Map<number, (state: ViewState) => void>()
  const hearers = new Set<(state: IndexState) => void>()
  let last: IndexState = { state: 'loading', done: 0, total: 0 }
  worker.addEventListener('message', (event) => {
    const { data } = event as MessageEvent<FromWorker>
    if (data.kind === 'orders-view') hearing.get(data.state.view)?.(data.state)
    if (data.kind !== 'orders-state') return
    last = data.state
    for (const hear of hearers) hear(last)
  })
  const call = <T>(what: OrdersCall): Promise<T> =>
    ask((number) => tell({ kind: 'orders', ask: number, call: what }))
  return {
    open: async (query, onChange, first = 0) => {
      const opened = await call<ViewWindow>({ do: 'open', query, first })
      hearing.set(opened.view, onChange)
      return opened
    },
    change: (view, query, first = 0) => call<ViewWindow>({ do: 'change', view, query, first }),
    window: (view, from, count) => call<ViewWindow>({ do: 'window', view, from, count }),
    placeOf: (view, id) => call<number>({ do: 'place', view, id }),
    letIn: (view, always) =>
      call<ViewState>({ do: 'let-in', view, ...(always === undefined ? {} : { always }) }),
    facets: (view, of) => call<FacetCounts>({ do: 'facets', view, of }),
    insights: (query) => call<Insights>({ do: 'insights', query }),
    close: (view) => {
      hearing.delete(view)
      tell({ kind: 'close-orders', view })
    },
    onState: (hear) => {
      hearers.add(hear)
      hear(last)
      return () => hearers.delete(hear)
    },
  }
}
