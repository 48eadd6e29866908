import { useTranslation } from 'i18next-vue'
import type { OrderId } from '#core/shared/ids.ts'
import type { StoredDocument } from '#renderer/data/records.ts'
import { readOrder, isOrderDetail } from '#renderer/data/queries/order-detail.ts'
import { readRows } from '#renderer/data/queries/order-lists.ts'
import { confirmPrint } from '#renderer/usecases/confirm-print.ts'
import { handOver } from '#renderer/usecases/hand-over.ts'
import { holdOrder } from '#renderer/usecases/hold-order.ts'
import { printDocument } from '#renderer/usecases/print-document.ts'
import { releaseOrder } from '#renderer/usecases/release-order.ts'
import { undoHandOver } from '#renderer/usecases/undo-hand-over.ts'
import { voidLabel } from '#renderer/usecases/void-label.ts'
import { useDesk } from '#renderer/app/desk.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** The verbs of an order, each with its words and its way back. */
export function useOrderActions() {
  const { t } = useTranslation()
  const { context, db, engine } = useWorkspace()
  const desk = useDesk()
  const notices = useNotices()

  async function setHeld(orderId: OrderId, held: boolean): Promise<void> {
    const change = held ? holdOrder : releaseOrder
    const text = t(held ? 'orders:notice.held' : 'orders:notice.released')
    notices.settle(await change(context, { orderId }), text, () => setHeld(orderId, !held))
  }

  async function toggleHold(orderId: OrderId): Promise<void> {
    const [row] = await readRows(db, [orderId])
    if (row !== undefined) await setHeld(orderId, !row.flags.includes('held'))
  }

  async function print(document: StoredDocument): Promise<void> {
    const job = notices.settle(
      await printDocument(context, { documentId: document.id, target: desk.value.labelTarget, copies: 1 }),
    )
    if (!job) return
    notices.done(t('orders:notice.spooled', { where: job.spooledAs }))
  }

  /** The stored label of an order, on paper; says so when there is none. */
  async function printLabelOf(orderId: OrderId): Promise<void> {
    const detail = await readOrder(db, orderId)
    const document = isOrderDetail(detail)
      ? detail.documents.find((one) => one.id === detail.shipment?.documentId)
      : undefined
    if (document) await print(document)
    else notices.done(t('orders:notice.no-label'))
  }

  async function confirmPrinted(jobId: Parameters<typeof confirmPrint>[1]['jobId']): Promise<void> {
    notices.settle(await confirmPrint(context, { jobId }), t('orders:notice.print-confirmed'))
  }

  async function handOverAll(orderIds: readonly OrderId[]): Promise<void> {
    const done = notices.settle(await handOver(context, { orderIds: [...orderIds] }))
    if (!done) return
    if (done.refused.length > 0) notices.failed(done.refused.map((one) => one.issue))
    if (done.handedOver.length === 0) return
    engine.kick()
    notices.done(t('orders:notice.handed-over', { count: done.handedOver.length }), async () => {
      for (const orderId of done.handedOver) notices.settle(await undoHandOver(context, { orderId }))
    })
  }

  async function takeBack(orderId: OrderId): Promise<void> {
    notices.settle(await undoHandOver(context, { orderId }), t('orders:notice.taken-back'))
  }

  /** `hereOnly`: its carrier is not asked. */
  async function discardLabel(orderId: OrderId, hereOnly = false): Promise<void> {
    const done = notices.settle(await voidLabel(context, { orderId, hereOnly }))
    if (done) notices.done(t(done.state === 'asked' ? 'orders:notice.void-asked' : 'orders:notice.voided'))
  }

  return {
    setHeld,
    toggleHold,
    print,
    printLabelOf,
    confirmPrinted,
    handOverAll,
    takeBack,
    discardLabel,
  }
}
