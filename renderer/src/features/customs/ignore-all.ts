import { useTranslation } from 'i18next-vue'
import { placeOfFinding } from '#core/customs/ignored-finding.ts'
import type { FoundOrder } from '#core/order/group-findings.ts'
import { loadOrders } from '#renderer/data/repos/orders.repo.ts'
import { ignoreFinding, takeBackIgnored } from '#renderer/usecases/ignore-finding.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** Lets a finding pass on several orders for one reason, with one way back. */
export function useIgnoreAll() {
  const { t } = useTranslation()
  const { context, db } = useWorkspace()
  const notices = useNotices()
  return async (found: readonly FoundOrder[], why: string, changed: () => unknown): Promise<void> => {
    const done: FoundOrder[] = []
    for (const each of found) {
      const passed = await ignoreFinding(context, { orderId: each.id, finding: each.finding, why })
      if (notices.settle(passed) === null) break
      done.push(each)
    }
    if (done.length === 0) return
    notices.done(t('customs:passed-on', { count: done.length }), async () => {
      const orders = await loadOrders(
        db,
        done.map(({ id }) => id),
      )
      for (const { id, finding } of done) {
        const lines = orders.find((order) => order.id === id)?.lines ?? []
        const ignored = placeOfFinding(finding, lines)
        if (notices.settle(await takeBackIgnored(context, { orderId: id, ignored })) === null) break
      }
      changed()
    })
  }
}
