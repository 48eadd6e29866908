import type { BulkJobId, OrderId, PoolId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, type Result } from '#core/shared/result.ts'
import type { BulkVerb, ParcelWeight } from '#renderer/data/bulk-records.ts'
import type { Selection } from '#renderer/data/order-index/order-views.ts'
import type { SelectionWish } from '#renderer/data/transfer/selection-papers.ts'
import { storageIssue } from '#renderer/data/storage-issue.ts'
import { beginBulk } from '#renderer/usecases/begin-bulk.ts'
import { previewLabels, type LabelPreview } from '#renderer/usecases/preview-labels.ts'
import { previewPapers, type PapersPreview } from '#renderer/usecases/preview-papers.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** What a page asks about the orders that it has selected. */
export type BulkRequest =
  | { kind: 'begin'; selection: Selection; verb: BulkVerb }
  | { kind: 'preview-labels'; selection: Selection; poolId: PoolId; weight: ParcelWeight }
  | { kind: 'preview-papers'; selection: Selection; wish: SelectionWish; from: number; room: number }

export interface BulkAnswers {
  begin: Result<BulkJobId>
  'preview-labels': Result<LabelPreview>
  'preview-papers': Result<PapersPreview>
}
export type BulkAnswer = BulkAnswers[BulkRequest['kind']]

export interface BulkDesk extends UseCaseContext<never> {
  mayWrite: () => boolean
  /** The orders of a selection in the order of its list; null when its view is no longer open. */
  idsOf: (selection: Selection) => Promise<OrderId[] | null>
}

/** Answers a page. Issues: `not-found.view`, `unsupported.read-only`, those of storage and of what is asked. */
export async function answerBulk(desk: BulkDesk, request: BulkRequest): Promise<BulkAnswer> {
  try {
    const ids = await desk.idsOf(request.selection)
    if (ids === null) return err(issue('not-found', { reason: 'view' }))
    if (request.kind === 'preview-labels') return await previewLabels(desk, { ...request, ids })
    if (request.kind === 'preview-papers') return await previewPapers(desk, { ...request, ids })
    if (!desk.mayWrite()) return err(issue('unsupported', { reason: 'storage-full' }))
    return await beginBulk(desk, { verb: request.verb, ids })
  } catch (error) {
    return err(storageIssue(error))
  }
}
