import type { OrderId } from '#core/shared/ids.ts'
import { reverseOf, type OrderVerb } from '#core/order/order-verbs.ts'
import { isOrderDetail, readOrder } from '#renderer/data/queries/order-detail.ts'
import { applyToOrder } from '#renderer/usecases/apply-verb.ts'
import { useBulkText } from '#renderer/app/bulk-text.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** Does on one order what is done on many, with its way back in the notice. */
export function useVerbOfOne() {
  const { context, db, engine } = useWorkspace()
  const notices = useNotices()
  const text = useBulkText()

  return async function doVerb(orderId: OrderId, verb: OrderVerb): Promise<void> {
    const detail = await readOrder(db, orderId)
    const back = isOrderDetail(detail) ? reverseOf(verb, detail.order) : null
    const undo = back === null ? undefined : () => doVerb(orderId, back)
    notices.settle(await applyToOrder(context, orderId, verb), text.title(verb), undo)
    if (verb.kind === 'note') engine.kick()
  }
}
