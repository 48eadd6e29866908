import { z } from '#core/contracts/zod.ts'
import type { Step } from '#core/connectors/_kit/operation.ts'
import type { GraphqlApi } from '#core/connectors/_kit/graphql.ts'
import { DRAFT_STATES, OPEN_STATES } from '#core/connectors/vendure/units.ts'
import { queryOrders, type OrderPage } from '#core/connectors/vendure/operations/query-orders.ts'

/**
 * The last phase of a pull. `updatedAt` does not move when a buyer pays or a parcel is shipped, so pages by time alone would
 * lose an order for good whose buyer hesitated. The sweep reads what is open now, and what was placed since the pull began
 * to count, and asks for no time of change.
 */
export interface SweepCursor {
  phase: 'sweep'
  /** Epoch ms, exclusive: orders placed after it come along whatever their state; null: open ones only. */
  since: number | null
  skip: number
}

export const sweepCursorSchema = z.strictObject({
  phase: z.literal('sweep'),
  since: z.number().int().nullable(),
  skip: z.number().int().nonnegative(),
})

export function startSweep(since: number | null): SweepCursor {
  return { phase: 'sweep', since, skip: 0 }
}

/** Null after the last page. What moved up between two pages because others left the set is found by the next sweep. */
export function nextSweep(cursor: SweepCursor, count: number, take: number): SweepCursor | null {
  return count < take ? null : { ...cursor, skip: cursor.skip + count }
}

export function readSweepPage(api: GraphqlApi, { since, skip }: SweepCursor, take: number): Step<OrderPage> {
  const open = { state: { in: OPEN_STATES } }
  const placed = {
    state: { notIn: DRAFT_STATES },
    orderPlacedAt: { after: new Date(since ?? 0).toISOString() },
  }
  return queryOrders(api, 'PullOrders', {
    take,
    skip,
    sort: { id: 'ASC' },
    filter: { active: { eq: false }, ...(since === null ? open : { _or: [open, placed] }) },
  })
}
