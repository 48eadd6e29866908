import type { BulkJobId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { BULK_STORES } from '#renderer/data/repos/bulk.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { canBeUndone } from '#renderer/usecases/begin-bulk.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Notes that all of a job is to be taken back; the data worker does it. Orders that somebody has changed since are left alone. Issues:
 * `not-found.bulk-job` when it is too long ago, `conflict.bulk-running`, `unsupported.no-undo` for labels and paper.
 */
export function undoBulk(
  { db }: UseCaseContext<never>,
  { jobId }: { jobId: BulkJobId },
): Promise<Result<null>> {
  return inUnit(db, { stores: BULK_STORES, durability: 'strict' }, async () => {
    const job = await db.bulkJobs.get(jobId)
    if (job === undefined) return err(issue('not-found', { reason: 'bulk-job' }))
    if (job.state === 'running') return err(issue('conflict', { reason: 'bulk-running' }))
    if (!canBeUndone(job.verb)) return err(issue('unsupported', { reason: 'no-undo' }))
    if (job.state === 'undoing' || job.state === 'undone') return ok(null)
    await db.bulkJobs.put({ ...job, state: 'undoing', endedAt: null })
    return ok(null)
  })
}
