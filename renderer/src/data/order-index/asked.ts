import type { OrderQuery } from '#core/order/order-query.ts'
import type { FoundText } from '#renderer/data/order-index/order-text.ts'
import type { ShopFacts } from '#renderer/data/order-index/search-facts.ts'

/** A query as it was understood when the list was opened, or new orders were let in. */
export interface Asked {
  query: OrderQuery
  text: FoundText
  /** Read when the text asks for a channel. */
  shops: readonly ShopFacts[]
  /** What the clock is asked with; epoch ms. */
  now: number
}
