import { ref } from 'vue'
import { useTranslation } from 'i18next-vue'
import type { QuarantinedItem } from '#renderer/data/records.ts'
import { dismissQuarantined } from '#renderer/usecases/dismiss-quarantined.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

const busy = ref(false)

/** What a person can do with items that could not be read, and the reason in words. */
export function useQuarantineActions() {
  const { t } = useTranslation()
  const { context, engine } = useWorkspace()
  const notices = useNotices()

  /** Where the trouble is: a stored record, a change not sent yet, or one field of what the shop sent. */
  function words({ remoteId, reason }: QuarantinedItem): string {
    if (remoteId.startsWith('outbox:')) return t('quarantine:reason.outbox')
    if (remoteId.startsWith('order:') || reason.startsWith('stored record'))
      return t('quarantine:reason.stored')
    if (reason.startsWith('could not be merged')) return t('quarantine:reason.merge')
    const field = /^([\w.[\]]+):/.exec(reason)?.[1]
    return field === undefined ? t('quarantine:reason.unknown') : t('quarantine:reason.field', { field })
  }

  async function retry(items: readonly QuarantinedItem[]): Promise<void> {
    busy.value = true
    const report = await engine.retryQuarantined(items.map(({ id }) => id))
    busy.value = false
    if (report === null) return notices.done(t('quarantine:notice.elsewhere'))
    if (report.issue !== null) notices.failed(report.issue)
    if (report.readable > 0) notices.done(t('quarantine:notice.readable', { count: report.readable }))
    else if (report.issue === null)
      notices.done(t('quarantine:notice.unreadable', { count: report.unreadable }))
  }

  async function setDismissed(item: QuarantinedItem, dismissed: boolean): Promise<void> {
    notices.settle(
      await dismissQuarantined(context, { id: item.id, dismissed }),
      t(dismissed ? 'quarantine:notice.dismissed' : 'quarantine:notice.restored'),
      () => setDismissed(item, !dismissed),
    )
  }

  return { busy, words, retry, setDismissed }
}
