import type { PrintJobId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofOrderId } from '#renderer/data/repos/activity.repo.ts'
import type { PrintJob } from '#renderer/data/records.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { noteLabelPrinted } from '#renderer/usecases/note-label-printed.ts'

/**
 * A person holds the paper in their hand. Confirming twice changes nothing. Issues: `not-found.print-job`,
 * `conflict.not-spooled` for a job that failed or never left.
 */
export function confirmPrint(
  { db, newId, now }: UseCaseContext,
  { jobId }: { jobId: PrintJobId },
): Promise<Result<PrintJob>> {
  return inUnit(db, { stores: [...ORDER_STORES, 'printJobs'], durability: 'strict' }, async () => {
    const job = await db.printJobs.get(jobId)
    if (job === undefined) return err(issue('not-found', { reason: 'print-job' }))
    if (job.state === 'confirmed') return ok(job)
    if (job.state !== 'sent') return err(issue('conflict', { reason: 'not-spooled' }))
    const confirmed: PrintJob = { ...job, state: 'confirmed', updatedAt: now() }
    await db.printJobs.put(confirmed)
    await noteLabelPrinted(db, job, job.updatedAt)
    await addActivity(db, newId, [
      {
        ...(await ofOrderId(db, job.orderId)),
        at: now(),
        what: 'print-confirmed',
        values: { title: job.title },
        by: 'here',
      },
    ])
    return ok(confirmed)
  })
}
