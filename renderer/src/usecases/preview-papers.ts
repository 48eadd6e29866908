import type { DocumentRequest } from '#core/documents/document-request.ts'
import { MOST_PICKED } from '#core/documents/of-order/batch-papers.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { SelectionWish } from '#renderer/data/transfer/selection-papers.ts'
import type { LeftOrder } from '#renderer/data/bulk-records.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { gatherPapers } from '#renderer/usecases/gather-papers.ts'
import { handOverRequest, requestFor, sheetsOf } from '#renderer/usecases/selection-requests.ts'

/** The first paper that a selection would come to. */
export interface PapersPreview {
  /** What is asked of main; null when none of the orders looked at can have such a paper. */
  request: DocumentRequest | null
  /** So many orders are on it. */
  shown: number
  /** Of those that were looked at. */
  left: LeftOrder[]
}

/** Looks at the first orders only, so that it is quick however many there are; changes nothing. */
export async function previewPapers(
  ctx: UseCaseContext<never>,
  { ids, wish }: { ids: readonly OrderId[]; wish: SelectionWish },
): Promise<Result<PapersPreview>> {
  const isList = wish.paper === 'pick-list' || wish.paper === 'hand-over'
  const { ready, left } = await gatherPapers(ctx, wish.paper, ids.slice(0, MOST_PICKED))
  const orders =
    wish.paper === 'hand-over' ? (sheetsOf(ready)[0] ?? []) : ready.slice(0, isList ? undefined : 1)
  if (orders.length === 0) return ok({ request: null, shown: 0, left })
  const at = { place: 1, now: ctx.now() }
  const one = { ...wish, copies: 1 }
  const request =
    wish.paper === 'hand-over' ? handOverRequest(one, orders, at).request : requestFor(one, orders, at)
  return ok({ request, shown: orders.length, left })
}
