import type { DocumentId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { PrintTarget } from '#core/contracts/ipc.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofOrderId } from '#renderer/data/repos/activity.repo.ts'
import type { PrintJob, StoredDocument } from '#renderer/data/records.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

export interface PrintDocumentInput {
  documentId: DocumentId
  target: PrintTarget
  copies: number
}

/**
 * Spools the stored bytes; printing again is the same call and never makes a new paper. The job is written before the
 * printer hears of it, so a crash leaves a job in `queued`, never paper without a job. Spooled is not printed: see
 * `confirmPrint`. Issues: `not-found.document`, `malformed.stored-document` when the bytes are not what was stored,
 * or what the printer says.
 */
export async function printDocument(
  ctx: UseCaseContext,
  { documentId, target, copies }: PrintDocumentInput,
): Promise<Result<PrintJob>> {
  const document = await ctx.db.documents.get(documentId)
  if (document === undefined) return err(issue('not-found', { reason: 'document' }))
  if ((await sha256Hex(document.bytes)) !== document.sha256)
    return err(issue('malformed', { reason: 'stored-document' }))
  const job = await openJob(ctx, document, target)
  const spooled = await ctx.host['printing.print']({
    ...{ target, copies, title: document.title, bytes: document.bytes },
    ...{ widthMm: document.widthMm, heightMm: document.heightMm },
  })
  return closeJob(ctx, job, spooled)
}

/** Lower-case hex, as documents store it. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function openJob(
  { db, newId, now }: UseCaseContext,
  document: StoredDocument,
  target: PrintTarget,
): Promise<PrintJob> {
  const at = now()
  const job: PrintJob = {
    id: newId<'print-job'>(),
    documentId: document.id,
    orderId: document.orderId,
    ...{ title: document.title, target, state: 'queued', attempts: 1, spooledAs: '', lastIssue: null },
    ...{ createdAt: at, updatedAt: at },
  }
  await inUnit(db, { stores: ['printJobs'], durability: 'strict' }, () => db.printJobs.add(job))
  return job
}

function closeJob(
  { db, newId, now }: UseCaseContext,
  job: PrintJob,
  spooled: Result<{ spooledAs: string }>,
): Promise<Result<PrintJob>> {
  const updatedAt = now()
  const ended: PrintJob = spooled.ok
    ? { ...job, state: 'sent', spooledAs: spooled.value.spooledAs, updatedAt }
    : { ...job, state: 'failed', lastIssue: spooled.error, updatedAt }
  const what = spooled.ok ? 'label-spooled' : 'print-failed'
  return inUnit(db, { stores: ['printJobs', 'activity', 'orders'], durability: 'strict' }, async () => {
    await db.printJobs.put(ended)
    await addActivity(db, newId, [
      {
        ...(await ofOrderId(db, job.orderId)),
        at: updatedAt,
        what,
        values: { title: job.title },
        by: 'here',
      },
    ])
    return spooled.ok ? ok(ended) : err(spooled.error)
  })
}
