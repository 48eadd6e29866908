import { reactive } from 'vue'
import type { TariffColumns } from '#core/customs/hs/tariff-columns.ts'
import type { RunningJob } from '#renderer/data/transfer/storage-job.ts'
import type { ImportedTariff } from '#renderer/data/transfer/tariff-file.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** Module-wide: the file is read in the worker while a person looks at another page. */
const shown = reactive({ running: false, share: 0 })
let running: RunningJob | null = null

/** A tariff from its file: one at a time, with how far it is and a way to stop it. */
export function useTariffImport() {
  const { engine } = useWorkspace()
  const notices = useNotices()

  /** Null when it was stopped or failed, which is said. */
  async function run(file: File, columns: TariffColumns | null): Promise<ImportedTariff | null> {
    Object.assign(shown, { running: true, share: 0 })
    const { name } = file
    running = engine.runJob(
      { kind: 'import-tariff', file: { name, bytes: file, columns } },
      (done, total) => {
        shown.share = total === 0 ? 0 : done / total
      },
    )
    const result = await running.done
    running = null
    shown.running = false
    if (!result.ok && result.error.code === 'cancelled') return null
    const ended = notices.settle(result)
    return ended?.kind === 'import-tariff' ? ended.imported : null
  }

  return { shown, run, stop: () => running?.cancel() }
}
