import { useTranslation } from 'i18next-vue'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { dropOutboxRow } from '#renderer/usecases/drop-outbox-row.ts'
import { holdOutboxRow } from '#renderer/usecases/hold-outbox-row.ts'
import { releaseOutboxRow } from '#renderer/usecases/release-outbox-row.ts'
import { restoreOutboxRow } from '#renderer/usecases/restore-outbox-row.ts'
import { retryOutboxRow } from '#renderer/usecases/retry-outbox-row.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** What a person can do with a waiting change, each with its words and its way back. */
export function useOutboxActions() {
  const { t } = useTranslation()
  const { context, engine } = useWorkspace()
  const notices = useNotices()

  async function toggleHold(row: OutboxRow): Promise<void> {
    const change = row.held ? releaseOutboxRow : holdOutboxRow
    const text = t(row.held ? 'outbox:notice.released' : 'outbox:notice.held', { label: row.entityLabel })
    if (notices.settle(await change(context, { id: row.id }), text) !== null && row.held) engine.kick()
  }

  async function retry(row: OutboxRow): Promise<void> {
    const result = await retryOutboxRow(context, { id: row.id })
    if (notices.settle(result, t('outbox:notice.retried', { label: row.entityLabel })) !== null) engine.kick()
  }

  async function drop(row: OutboxRow): Promise<void> {
    const result = await dropOutboxRow(context, { id: row.id })
    if (!result.ok) return notices.failed(result.error)
    notices.done(t('outbox:notice.dropped', { label: row.entityLabel }), async () => {
      const restored = await restoreOutboxRow(context, { row: result.value })
      if (notices.settle(restored, t('outbox:notice.restored', { label: row.entityLabel })) !== null)
        engine.kick()
    })
  }

  return { toggleHold, retry, drop }
}
