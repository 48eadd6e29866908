import type { BulkJobId, OrderId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { BulkJob, BulkStep, LeftOrder, ParcelVerb } from '#renderer/data/bulk-records.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { BULK_STORES, loadNextStep, moveOn, stepId } from '#renderer/data/repos/bulk.repo.ts'
import { loadOrder } from '#renderer/data/repos/orders.repo.ts'
import { productsWithParts } from '#renderer/data/repos/products.repo.ts'
import { currentShipment } from '#renderer/data/repos/shipments.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { grossGramsOf } from '#renderer/usecases/gross-grams.ts'
import { handOver } from '#renderer/usecases/hand-over.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { printDocument } from '#renderer/usecases/print-document.ts'
import { undoHandOver } from '#renderer/usecases/undo-hand-over.ts'
import { voidLabel } from '#renderer/usecases/void-label.ts'

/** What the verbs of parcels ask of main. */
export type ParcelContext = UseCaseContext<'documents.render' | 'printing.print'>

/**
 * Does a verb on the next order of a job, or takes it back. That it is about to be done is written first: after a crash in between, a verb
 * that may be done twice is, and paper is not printed a second time. False when there was nothing left to do.
 */
export async function runParcelStep(
  ctx: ParcelContext,
  id: BulkJobId,
  state: 'running' | 'undoing',
): Promise<boolean> {
  const tried = await tryNext(ctx, id, state)
  if (tried === null) return false
  const { job, orderId, again } = tried
  if (orderId !== null) {
    const attempt = { orderId, again }
    const result =
      state === 'undoing' ? await takeBack(ctx, attempt) : await act(ctx, job.verb as ParcelVerb, attempt)
    await noteResult(ctx, job, orderId, result)
  }
  return true
}

interface Tried {
  job: BulkJob
  /** Null when the step has nothing to do. */
  orderId: OrderId | null
  /** A crash cut the attempt before off. */
  again: boolean
}

function tryNext({ db, now }: ParcelContext, id: BulkJobId, state: BulkJob['state']): Promise<Tried | null> {
  return inUnit(db, { stores: BULK_STORES, durability: 'strict' }, async () => {
    const next = await loadNextStep(db, id, state)
    if (next === null) return null
    const { job, step } = next
    const orderId = orderAt(job, step)
    if (orderId === undefined) {
      await db.bulkJobs.put(moveOn(job, now()))
      return { job, orderId: null, again: false }
    }
    const again = step.trying === orderId
    if (!again) await db.bulkSteps.put({ ...step, trying: orderId })
    return { job, orderId, again }
  })
}

/** The undo goes over what was changed. */
function orderAt({ state }: BulkJob, { ids, changed, through, undone }: BulkStep): OrderId | undefined {
  return state === 'undoing' ? changed[undone]?.id : ids[through]
}

async function act(
  ctx: ParcelContext,
  verb: ParcelVerb,
  { orderId, again }: Attempt,
): Promise<Result<unknown>> {
  switch (verb.kind) {
    case 'label':
      return label(ctx, verb, orderId)
    case 'hand-over': {
      const done = await handOver(ctx, { orderIds: [orderId] })
      const refused = done.ok ? done.value.refused[0]?.issue : done.error
      return refused === undefined ? ok(null) : err(refused)
    }
    case 'void-label': {
      const done = await voidLabel(ctx, { orderId })
      return !done.ok && again && done.error.reason === 'shipment' ? ok(null) : done
    }
    case 'print':
      return again ? err(issue('outcome-unknown', { reason: 'print-cut-off' })) : print(ctx, verb, orderId)
  }
}

interface Attempt {
  orderId: OrderId
  again: boolean
}

async function label(
  ctx: ParcelContext,
  { poolId, weight }: ParcelVerb & { kind: 'label' },
  orderId: OrderId,
): Promise<Result<unknown>> {
  const loaded = await loadOrder(ctx.db, orderId)
  if (!loaded.ok) return loaded
  const { lines } = loaded.value
  const products = await productsWithParts(
    ctx.db,
    lines.map(({ sku }) => sku),
  )
  const grossGrams = grossGramsOf(weight, loaded.value, products)
  const made = await makeLabel(ctx, { orderId, poolId, grossGrams })
  return made.ok ? made : err(made.error[0] ?? issue('invalid-input'))
}

async function print(
  ctx: ParcelContext,
  { target }: ParcelVerb & { kind: 'print' },
  orderId: OrderId,
): Promise<Result<unknown>> {
  const documentId = (await currentShipment(ctx.db, orderId))?.documentId ?? null
  if (documentId === null) return err(issue('not-found', { reason: 'shipment' }))
  return printDocument(ctx, { documentId, target, copies: 1 })
}

/** Only a hand-over can be taken back. */
async function takeBack(ctx: ParcelContext, { orderId, again }: Attempt): Promise<Result<unknown>> {
  const done = await undoHandOver(ctx, { orderId })
  return !done.ok && again && done.error.reason === 'stage' ? ok(null) : done
}

/** What became of an order; also when the job was stopped meanwhile. */
function noteResult(
  { db }: ParcelContext,
  { id, state, undoNext, next }: BulkJob,
  orderId: OrderId,
  result: Result<unknown>,
): Promise<void> {
  const isUndo = state === 'undoing'
  return inUnit(db, { stores: [...BULK_STORES, 'orders'], durability: 'strict' }, async () => {
    const job = await db.bulkJobs.get(id)
    const step = await db.bulkSteps.get(stepId(id, isUndo ? undoNext : next))
    if (job === undefined || step === undefined) return
    const left = result.ok ? [] : [await leftOrder(db, orderId, result.error)]
    const [yes, no] = result.ok ? [1, 0] : [0, 1]
    if (isUndo) {
      await db.bulkSteps.put({
        ...{ ...step, trying: null, undone: step.undone + 1 },
        left: [...step.left, ...left],
      })
      await db.bulkJobs.put({ ...job, undone: job.undone + yes, left: job.left + no })
      return
    }
    await db.bulkSteps.put({
      ...{ ...step, trying: null, through: step.through + 1, refused: [...step.refused, ...left] },
      changed: result.ok ? [...step.changed, { id: orderId, was: {} }] : step.changed,
    })
    const counts = { done: job.done + 1, changed: job.changed + yes, refused: job.refused + no }
    await db.bulkJobs.put({ ...job, ...counts })
  })
}

async function leftOrder(db: CaravelDatabase, id: OrderId, why: Issue): Promise<LeftOrder> {
  return { id, number: (await db.orders.get(id))?.number ?? '', issue: why }
}
