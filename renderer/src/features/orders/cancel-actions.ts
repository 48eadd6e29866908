import { useTranslation } from 'i18next-vue'
import type { OrderId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { isOrderDetail, readOrder } from '#renderer/data/queries/order-detail.ts'
import { cancelOrder } from '#renderer/usecases/cancel-order.ts'
import { dropOutboxRow } from '#renderer/usecases/drop-outbox-row.ts'
import { restoreOutboxRow } from '#renderer/usecases/restore-outbox-row.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** Cancelling an order and taking that back, with words for both. */
export function useCancelActions() {
  const { t } = useTranslation()
  const { context, db, engine } = useWorkspace()
  const notices = useNotices()

  /** Asks the shop to cancel; the issue when it cannot be asked. */
  async function cancel(orderId: OrderId, reason: string): Promise<Issue | null> {
    const result = await cancelOrder(context, { orderId, reason })
    if (!result.ok) return result.error
    engine.kick()
    notices.done(t('orders:notice.cancelling', { number: result.value.number }), async () => {
      const detail = await readOrder(db, orderId)
      const row = isOrderDetail(detail) ? detail.outbox.find((one) => one.kind === 'cancel-order') : undefined
      if (row !== undefined) notices.settle(await dropOutboxRow(context, { id: row.id }))
    })
    return null
  }

  /** Takes a cancellation back that the shop has not heard of. */
  async function keep(row: OutboxRow): Promise<void> {
    const result = await dropOutboxRow(context, { id: row.id })
    if (!result.ok) return notices.failed(result.error)
    notices.done(t('orders:notice.kept', { number: row.entityLabel }), async () => {
      if (notices.settle(await restoreOutboxRow(context, { row: result.value })) !== null) engine.kick()
    })
  }

  return { cancel, keep }
}
