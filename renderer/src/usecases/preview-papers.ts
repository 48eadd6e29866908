import type { DocumentRequest } from '#core/documents/document-request.ts'
import { MOST_PICKED } from '#core/documents/of-order/batch-papers.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { SelectionWish } from '#renderer/data/transfer/selection-papers.ts'
import type { LeftOrder } from '#renderer/data/bulk-records.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { gatherPapers } from '#renderer/usecases/gather-papers.ts'
import { handOverRequest, requestFor, sheetsOf } from '#renderer/usecases/selection-requests.ts'

/** Some of the first papers that a selection would come to. */
export interface PapersPreview {
  /** What is asked of main; null when none of the orders looked at can have such a paper. */
  request: DocumentRequest | null
  /** So many orders are on it. */
  shown: number
  /** Of those that were looked at. */
  left: LeftOrder[]
  /** Where to go on in the selection; null where there is nothing more to look at. */
  next: number | null
}

interface Looking {
  ids: readonly OrderId[]
  wish: SelectionWish
  /** Orders before this place have been looked at. */
  from: number
  /** Papers that are still wanted. */
  room: number
}

/** Orders looked at in one go: one, so that the first paper is there at once, then a few; many where few have such a paper. */
const STEPS = [1, 5, MOST_PICKED] as const
/** Orders looked at in all: where so many have no such paper, the reason of the first says enough. */
const MOST_LOOKED = 500

/** Looks at a few orders, so that it is quick however many there are; changes nothing. A list is of the first orders, and there is one. */
export async function previewPapers(
  ctx: UseCaseContext<never>,
  { ids, wish, from, room }: Looking,
): Promise<Result<PapersPreview>> {
  const isList = wish.paper === 'pick-list' || wish.paper === 'hand-over'
  const end = from + (isList ? MOST_PICKED : sizeOfStep(from))
  const next = isList || end >= Math.min(ids.length, MOST_LOOKED) ? null : end
  const { ready, left } = await gatherPapers(ctx, wish.paper, ids.slice(from, end))
  const orders =
    wish.paper === 'hand-over' ? (sheetsOf(ready)[0] ?? []) : ready.slice(0, isList ? undefined : room)
  if (orders.length === 0) return ok({ request: null, shown: 0, left, next })
  const at = { place: 1, now: ctx.now() }
  const one = { ...wish, copies: 1 }
  const request =
    wish.paper === 'hand-over' ? handOverRequest(one, orders, at).request : requestFor(one, orders, at)
  return ok({ request, shown: orders.length, left, next })
}

function sizeOfStep(from: number): number {
  const [first, few, many] = STEPS
  if (from === 0) return first
  return from < many ? few : many
}
