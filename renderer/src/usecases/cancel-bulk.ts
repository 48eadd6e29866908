import type { BulkJobId } from '#core/shared/ids.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Stops a job after what it is at; what was done by then stays and can be taken back. An undo that is stopped can be begun again. One that
 * is over stays as it is.
 */
export function cancelBulk(
  { db, now }: UseCaseContext<never>,
  { jobId }: { jobId: BulkJobId },
): Promise<void> {
  return inUnit(db, { stores: ['bulkJobs'], durability: 'strict' }, async () => {
    const job = await db.bulkJobs.get(jobId)
    if (job?.state !== 'running' && job?.state !== 'undoing') return
    const state = job.state === 'running' ? 'cancelled' : 'done'
    await db.bulkJobs.put({ ...job, state, endedAt: now() })
  })
}
