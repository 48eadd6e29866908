import type { OrderRow } from '#core/order/order-row.ts'
import type { Criterion } from '#renderer/data/order-index/criteria.ts'
import type { ColumnsReader } from '#renderer/data/order-index/order-columns.ts'

/** A piece of the index as it is stored. */
export interface Part {
  name: string
  /** The same name always has the same bytes, so that they are written once. */
  fixed: boolean
  bytes: () => Uint8Array
}

/** What the index asks of whoever knows the words of orders. */
export interface TextSearch {
  set(ordinal: number, row: OrderRow): void
  remove(ordinal: number): void
  /** What a typed text asks for; `now` in epoch ms. */
  criteria(columns: ColumnsReader, text: string, now: number): Criterion[]
  /** All of it, to be stored. */
  parts(): Part[]
}
