import type { CaravelDatabase } from '#renderer/data/database.ts'
import { HeldTexts } from '#renderer/data/order-index/held-texts.ts'
import { OrderFollower } from '#renderer/data/order-index/order-follower.ts'
import { OrderIndex } from '#renderer/data/order-index/order-index.ts'
import type { IndexState, ViewState } from '#renderer/data/order-index/order-views.ts'

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
  const index = new OrderIndex(
    { now: () => 0, clock: () => [], breathe, onChange: (state) => heard.push(state) },
    new HeldTexts(),
  )
  const follower = new OrderFollower({
    ...{ db, index, breathe },
    newText: () => new HeldTexts(),
    readText: (parts) => HeldTexts.read(parts),
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
