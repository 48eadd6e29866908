import { reactive } from 'vue'
import { useTranslation } from 'i18next-vue'
import type { OrdersFile } from '#core/order/export-columns.ts'
import type { Selection } from '#renderer/data/order-index/order-views.ts'
import { localDay } from '#renderer/data/repos/facts.repo.ts'
import type { RunningJob } from '#renderer/data/transfer/storage-job.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** In orders; nothing is to be seen before the person has said where to. */
const shown = reactive({ running: false, done: 0, total: 0 })
let running: RunningJob | null = null

/** Orders into a CSV file: one at a time, in the worker, whatever page is looked at meanwhile. */
export function useOrdersExport() {
  const { calls, engine } = useWorkspace()
  const notices = useNotices()
  const { t } = useTranslation()

  /** `count`: how many they are about to be. */
  async function begin(selection: Selection, count: number, file: OrdersFile): Promise<void> {
    const suggestedName = t('bulk:file', { day: localDay(Date.now()) })
    const begun = notices.settle(await calls['export.begin']({ kind: 'csv', suggestedName }))
    if (!begun?.session) return
    const { session } = begun
    Object.assign(shown, { running: true, done: 0, total: count })
    running = engine.runJob({ kind: 'export-orders', session, selection, file }, (done, total) =>
      Object.assign(shown, { done, total }),
    )
    const result = await running.done
    running = null
    shown.running = false
    // A worker that was busy with something else has not looked at it.
    if (!result.ok) await calls['export.cancel']({ session })
    if (!result.ok && result.error.code === 'cancelled') return
    const ended = notices.settle(result)
    if (ended?.kind === 'export-orders') notices.done(t('bulk:exported', { count: ended.count }))
  }

  return { shown, begin, stop: () => running?.cancel() }
}
