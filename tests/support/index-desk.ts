import type { ClockSettings } from '#core/order/clock.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { clockOfColumns } from '#renderer/data/order-index/clock-columns.ts'
import { OrderFollower } from '#renderer/data/order-index/order-follower.ts'
import { OrderIndex } from '#renderer/data/order-index/order-index.ts'
import type { IndexState, ViewState } from '#renderer/data/order-index/order-views.ts'
import { readTexts } from '#renderer/data/order-index/read-changes.ts'
import { storedFacts } from '#renderer/data/order-index/search-facts.ts'
import { START } from '#tests/support/test-desk.ts'

export const CLOCK: ClockSettings = { noScanDays: 3 }

export interface IndexDesk {
  index: OrderIndex
  follower: OrderFollower
  /** What its views said. */
  heard: ViewState[]
  states: IndexState[]
}

/** An index over a database, as a worker has it, but without its timers. */
export async function openIndex(db: CaravelDatabase): Promise<IndexDesk> {
  const heard: ViewState[] = []
  const states: IndexState[] = []
  const breathe = () => Promise.resolve()
  const index = new OrderIndex({
    ...{ now: () => START, clock: clockOfColumns(() => CLOCK), breathe },
    facts: storedFacts(db),
    readTexts: (ids) => readTexts(db, ids),
    onChange: (state) => heard.push(state),
  })
  const follower = new OrderFollower({
    ...{ db, index, breathe },
    onState: (state) => states.push(state),
  })
  await follower.load()
  return { index, follower, heard, states }
}

/** All ids of a query, as a page would come to see them. */
export async function idsFound(
  { index }: IndexDesk,
  query: Parameters<OrderIndex['open']>[0],
): Promise<string[]> {
  const { view, count } = await index.open(query)
  const { ids } = index.window(view, 0, count)
  index.close(view)
  return ids
}
