import { reactive } from 'vue'
import type { TariffColumns } from '#core/customs/hs/tariff-columns.ts'
import type { JobOutcome, RunningJob, StorageJob } from '#renderer/data/transfer/storage-job.ts'
import type { ImportedTariff } from '#renderer/data/transfer/tariff-file.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** Module-wide: the tariff is read in the worker while a person looks at another page. Bytes; `total` is 0 while nobody has said it. */
const shown = reactive({ running: false, done: 0, total: 0 })
let running: RunningJob | null = null

/** A tariff from its file or address: one at a time, with how far it is and a way to stop it. */
export function useTariffImport() {
  const { engine } = useWorkspace()
  const notices = useNotices()

  /** Null when it was stopped or failed, which is said. */
  async function run(job: StorageJob): Promise<JobOutcome | null> {
    Object.assign(shown, { running: true, done: 0, total: 0 })
    running = engine.runJob(job, (done, total) => Object.assign(shown, { done, total }))
    const result = await running.done
    running = null
    shown.running = false
    return !result.ok && result.error.code === 'cancelled' ? null : notices.settle(result)
  }

  async function take({ name, bytes }: { name: string; bytes: Blob }, columns: TariffColumns | null) {
    const ended = await run({ kind: 'import-tariff', file: { name, bytes, columns } })
    return ended?.kind === 'import-tariff' ? ended.imported : null
  }

  /** `same`: what is here is what is there. */
  async function fetch(address: string): Promise<ImportedTariff | 'same' | null> {
    const ended = await run({ kind: 'fetch-tariff', address })
    return ended?.kind === 'fetch-tariff' ? (ended.imported ?? 'same') : null
  }

  return { shown, take, fetch, stop: () => running?.cancel() }
}
