import type { BulkJobId } from '#core/shared/ids.ts'
import type { BulkJob, BulkVerb } from '#renderer/data/bulk-records.ts'
import type { Selection } from '#renderer/data/order-index/order-views.ts'
import { readChangedIds } from '#renderer/data/queries/bulk-jobs.ts'
import { cancelBulk } from '#renderer/usecases/cancel-bulk.ts'
import { undoBulk } from '#renderer/usecases/undo-bulk.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** Begins, stops and takes back verbs on many orders. */
export function useBulkActions() {
  const { context, db, engine } = useWorkspace()
  const notices = useNotices()

  /** True when the worker has taken it on. */
  async function begin(selection: Selection, verb: BulkVerb): Promise<boolean> {
    return notices.settle(await engine.bulk({ kind: 'begin', selection, verb })) !== null
  }

  async function undo(jobId: BulkJobId): Promise<void> {
    notices.settle(await undoBulk(context, { jobId }))
  }

  return {
    begin,
    undo,
    stop: ({ id }: BulkJob) => cancelBulk(context, { jobId: id }),
    /** The labels that a job made. */
    voidAll: async ({ id }: BulkJob) => begin({ ids: await readChangedIds(db, id) }, { kind: 'void-label' }),
  }
}
