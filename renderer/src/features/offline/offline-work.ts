import { reactive } from 'vue'
import type { RunningJob } from '#renderer/data/transfer/storage-job.ts'
import type { OfflineStep } from '#renderer/usecases/prepare-offline.ts'
import { useTranslation } from 'i18next-vue'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

interface Shown {
  /** Null when nothing runs. */
  kind: 'prepare-offline' | 'back-online' | null
  step: OfflineStep | null
  done: number
  total: number
}

/** Module-wide: the work goes on in the worker while the dialog is closed. */
const shown = reactive<Shown>({ kind: null, step: null, done: 0, total: 0 })
let running: RunningJob | null = null

/** Preparing the desk and coming back: how far it is, and a way to stop it. */
export function useOfflineWork() {
  const { engine } = useWorkspace()
  const notices = useNotices()
  const { t } = useTranslation()

  async function run(job: { kind: 'prepare-offline'; share: number } | { kind: 'back-online' }) {
    if (shown.kind !== null) return null
    Object.assign(shown, { kind: job.kind, step: null, done: 0, total: 0 })
    running = engine.runJob(job, (done, total, step) =>
      Object.assign(shown, { done, total, step: step ?? null }),
    )
    const result = await running.done
    running = null
    shown.kind = null
    if (result.ok || result.error.code !== 'cancelled') return notices.settle(result)
    notices.done(t('offline:stopped'))
    return null
  }

  async function prepare(share: number): Promise<void> {
    await run({ kind: 'prepare-offline', share })
  }

  async function comeBack(): Promise<boolean> {
    const back = await run({ kind: 'back-online' })
    if (back?.kind !== 'back-online') return false
    if (back.refused === 0) notices.done(t('offline:is-back'))
    else notices.done(t('offline:not-back', { count: back.refused }))
    return back.refused === 0
  }

  return { shown, prepare, comeBack, stop: () => running?.cancel() }
}
