import { reactive } from 'vue'
import type { JobOutcome, RunningJob, StorageJob } from '#renderer/data/transfer/storage-job.ts'
import { Pace } from '#renderer/features/settings/pace.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** Work on the store itself; going offline, files and papers of orders, and tariffs have places of their own. */
type TransferJob = Exclude<
  StorageJob,
  {
    kind:
      'prepare-offline' | 'back-online' | 'export-orders' | 'print-papers' | 'import-tariff' | 'fetch-tariff'
  }
>

interface Shown {
  /** Null when nothing runs. */
  kind: TransferJob['kind'] | null
  /** What it is at: of an import `check` or `fill`; else ''. */
  step: string
  done: number
  total: number
  /** 0 to 1, of the step. */
  share: number
  /** Of the step, ms; null while too little is known. */
  leftMs: number | null
}

const NOTHING: Shown = { kind: null, step: '', done: 0, total: 0, share: 0, leftMs: null }

/** Module-wide: the job goes on in the worker while a person looks at another page. */
const shown = reactive<Shown>({ ...NOTHING })
let running: RunningJob | null = null

/** The one long job on the store: its progress, its end in words, a way to stop it. */
export function useStorageJobs() {
  const { engine } = useWorkspace()
  const notices = useNotices()

  async function run(job: TransferJob): Promise<JobOutcome | null> {
    Object.assign(shown, NOTHING, { kind: job.kind })
    const pace = new Pace()
    running = engine.runJob(job, (done, total, step = '') => {
      const leftMs = pace.left(step, done, total, Date.now())
      Object.assign(shown, { step, done, total, share: total === 0 ? 0 : done / total, leftMs })
    })
    const result = await running.done
    running = null
    Object.assign(shown, NOTHING)
    if (!result.ok && result.error.code === 'cancelled') return null
    return notices.settle(result)
  }

  return { shown, run, stop: () => running?.cancel() }
}
