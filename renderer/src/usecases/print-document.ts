import type { DocumentId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { PrintTarget } from '#core/contracts/ipc.ts'
import { isVoidAsked } from '#core/shipping/shipment.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofOrderId } from '#renderer/data/repos/activity.repo.ts'
import type { PrintJob, StoredDocument } from '#renderer/data/records.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { noteLabelPrinted } from '#renderer/usecases/note-label-printed.ts'

export interface PrintDocumentInput {
  documentId: DocumentId
  target: PrintTarget
  copies: number
}

/**
 * Spools the stored bytes; printing again is the same call and never makes a new paper. The job is written before the
 * printer hears of it, so a crash leaves a job in `queued`, never paper without a job. Spooled is not printed: see
 * `confirmPrint`. Issues: `not-found.document`, `malformed.stored-document` when the bytes are not what was stored,
 * `conflict.label-voided`, `conflict.void-asked` while a carrier is asked to take it back, or what the printer says.
 */
export async function printDocument(
  ctx: UseCaseContext<'printing.print'>,
  { documentId, target, copies }: PrintDocumentInput,
): Promise<Result<PrintJob>> {
  const document = await ctx.db.documents.get(documentId)
  if (document === undefined) return err(issue('not-found', { reason: 'document' }))
  if ((await sha256Hex(document.bytes)) !== document.sha256)
    return err(issue('malformed', { reason: 'stored-document' }))
  const opened = await openJob(ctx, document, target)
  if (!opened.ok) return opened
  const job = opened.value
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
  { db, newId, now }: UseCaseContext<never>,
  document: StoredDocument,
  target: PrintTarget,
): Promise<Result<PrintJob>> {
  const at = now()
  const job: PrintJob = {
    id: newId<'print-job'>(),
    documentId: document.id,
    orderId: document.orderId,
    ...{ title: document.title, target, state: 'queued', attempts: 1, spooledAs: '', lastIssue: null },
    ...{ createdAt: at, updatedAt: at },
  }
  return inUnit(db, { stores: ['printJobs', 'shipments'], durability: 'strict' }, async () => {
    const shipment = document.shipmentId === null ? undefined : await db.shipments.get(document.shipmentId)
    if (shipment?.state === 'voided') return err(issue('conflict', { reason: 'label-voided' }))
    if (shipment !== undefined && isVoidAsked(shipment))
      return err(issue('conflict', { reason: 'void-asked' }))
    await db.printJobs.add(job)
    return ok(job)
  })
}

function closeJob(
  { db, newId, now }: UseCaseContext<never>,
  job: PrintJob,
  spooled: Result<{ spooledAs: string }>,
): Promise<Result<PrintJob>> {
  const updatedAt = now()
  const ended: PrintJob = spooled.ok
    ? { ...job, state: 'sent', spooledAs: spooled.value.spooledAs, updatedAt }
    : { ...job, state: 'failed', lastIssue: spooled.error, updatedAt }
  const what = spooled.ok ? 'label-spooled' : 'print-failed'
  return inUnit(db, { stores: [...ORDER_STORES, 'printJobs'], durability: 'strict' }, async () => {
    await db.printJobs.put(ended)
    if (spooled.ok) await noteLabelPrinted(db, job, updatedAt)
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
