import { onScopeDispose, shallowRef } from 'vue'
import { plainQuery } from '#core/order/order-query.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import type { IndexState, ViewWindow } from '#renderer/data/order-index/order-views.ts'
import { readOrderRows } from '#renderer/data/queries/order-rows.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

const SHOWN = 8

/** The first orders that a text finds, and how many there are. */
export interface OrderPreview {
  text: string
  count: number
  rows: OrderRow[]
}

/** What a typed text finds, while it is typed: one question at a time, each with the newest text; answers to former texts are dropped. */
export function useOrderPreview() {
  const { db, orders } = useWorkspace()
  const found = shallowRef<OrderPreview | null>(null)
  const failed = shallowRef<unknown>()
  const index = shallowRef<IndexState>({ state: 'loading', done: 0, total: 0 })
  let wanted: string | null = null
  let view: Promise<ViewWindow> | null = null
  let asking = false

  onScopeDispose(orders.onState((state) => (index.value = state)))
  onScopeDispose(end)

  /** Asks for a text; '' for nothing. */
  function ask(text: string): void {
    failed.value = undefined
    wanted = text
    if (text === '') end()
    else void answer()
  }

  /** Lets the index forget the list. */
  function end(): void {
    wanted = null
    found.value = null
    close()
  }

  /** One that could not be opened need not be closed. */
  function close(): void {
    void view?.then((opened) => orders.close(opened.view)).catch(() => undefined)
    view = null
  }

  async function answer(): Promise<void> {
    if (asking) return
    asking = true
    try {
      for (let text: string | null = null; wanted !== null && wanted !== text;) {
        text = wanted
        await show(text)
      }
    } catch (error) {
      failed.value = error ?? new Error('the search failed')
      found.value = null
      close()
    } finally {
      asking = false
    }
  }

  async function show(text: string): Promise<void> {
    const query = { ...plainQuery('all'), text }
    const before = view
    const mine = (view ??= orders.open(query, () => void answerAgain(), SHOWN))
    const opened = await mine
    const { count, ids } = before === null ? opened : await orders.change(opened.view, query, SHOWN)
    const rows = await readOrderRows(db, ids)
    if (wanted !== text || view !== mine) return
    failed.value = undefined
    found.value = { text, count, rows }
  }

  /** Orders came in, left or changed. */
  async function answerAgain(): Promise<void> {
    const text = found.value?.text
    if (text === undefined || text !== wanted || asking) return
    await show(text).catch(() => undefined)
  }

  return { found, failed, index, ask, end }
}
