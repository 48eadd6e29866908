import type { Id } from '#core/shared/ids.ts'
import type { ListId, OrderQuery } from '#core/order/order-query.ts'

export type ViewId = Id<'view'>

/** How one column of a list was arranged; what is absent is as the list brings it. `width` in px. */
export interface ViewColumn {
  id: string
  width?: number | undefined
  hidden?: boolean | undefined
  pinned?: boolean | undefined
}

export const VIEW_DENSITIES = ['compact', 'normal', 'roomy'] as const

/** A list that a person put together and comes back to. */
export interface SavedView {
  kind: 'view'
  id: ViewId
  name: string
  /** Ascending is the order of the tabs. */
  place: number
  query: OrderQuery
  columns: ViewColumn[]
  /** Null: as everywhere on this desk. */
  density: (typeof VIEW_DENSITIES)[number] | null
  /** The one that the page opens with; at most one. */
  opensFirst: boolean
}

/** How the columns of a queue are arranged; kept beside the views, under the queue's own id. */
export interface QueueColumns {
  kind: 'queue'
  id: ListId
  columns: ViewColumn[]
}
