import { reactive } from 'vue'
import type { JobOutcome, RunningJob, StorageJob } from '#renderer/data/transfer/storage-job.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** Work on the store itself; going offline has a place of its own. */
type TransferJob = Exclude<StorageJob, { kind: 'prepare-offline' | 'back-online' }>

interface Shown {
  /** Null when nothing runs. */
  kind: TransferJob['kind'] | null
  /** 0 to 1. */
  share: number
}

/** Module-wide: the job goes on in the worker while a person looks at another page. */
const shown = reactive<Shown>({ kind: null, share: 0 })
let running: RunningJob | null = null

/** The one long job on the store: its progress, its end in words, a way to stop it. */
export function useStorageJobs() {
  const { engine } = useWorkspace()
  const notices = useNotices()

  async function run(job: TransferJob): Promise<JobOutcome | null> {
    shown.kind = job.kind
    shown.share = 0
    running = engine.runJob(job, (done, total) => (shown.share = total === 0 ? 0 : done / total))
    const result = await running.done
    running = null
    shown.kind = null
    if (!result.ok && result.error.code === 'cancelled') return null
    return notices.settle(result)
  }

  return { shown, run, stop: () => running?.cancel() }
}
