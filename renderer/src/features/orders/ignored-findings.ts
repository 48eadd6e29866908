import { useTranslation } from 'i18next-vue'
import type { IgnoredFinding } from '#core/customs/ignored-finding.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { takeBackIgnored } from '#renderer/usecases/ignore-finding.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** Takes back that a finding of an order may pass. */
export function useTakeBack(orderId: () => OrderId): (ignored: IgnoredFinding) => Promise<void> {
  const { t } = useTranslation()
  const { context } = useWorkspace()
  const notices = useNotices()
  return async (ignored) => {
    notices.settle(await takeBackIgnored(context, { orderId: orderId(), ignored }), t('customs:counts-again'))
  }
}
