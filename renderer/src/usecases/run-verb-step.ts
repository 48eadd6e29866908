import type { BulkJobId, OrderId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import { describeChanges, listChanges } from '#core/order/list-changes.ts'
import type { Order } from '#core/order/order.ts'
import { applyVerb, fieldsOf, undoVerb, type OrderVerb } from '#core/order/order-verbs.ts'
import type { BulkJob, BulkStep, LeftOrder } from '#renderer/data/bulk-records.ts'
import type { CountChanges } from '#renderer/data/counting.ts'
import { ofOrder, openJournal, type NewActivity } from '#renderer/data/repos/activity.repo.ts'
import { BULK_STORES, loadNextStep, moveOn } from '#renderer/data/repos/bulk.repo.ts'
import { applyCounts } from '#renderer/data/repos/counters.repo.ts'
import { lastChange, noteOrderChanges } from '#renderer/data/repos/order-changes.repo.ts'
import { loadEach, putOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { decidesBlocked, entryOf } from '#renderer/usecases/apply-verb.ts'
import { CHANGE_STORES, judgeAnew } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { NOTE_STORES, sendNotes } from '#renderer/usecases/send-notes.ts'

const STORES = [...CHANGE_STORES, ...BULK_STORES] as const

/** One order as it was and as it is to be. */
interface Changed {
  before: Order
  after: Order
}

/**
 * Does a verb on the next orders of a job: records, slim rows, counters, timelines, the outbox of notes and how far the job is commit
 * together, so a crash loses nothing and doubles nothing. False when there was nothing left to do.
 */
export function doVerbStep(ctx: UseCaseContext<never>, id: BulkJobId, verb: OrderVerb): Promise<boolean> {
  return inStep(ctx, { id, state: 'running', verb }, async ({ job, step }) => {
    const found = await loadEach(ctx.db, step.ids)
    const { changed, refused } = sort(step.ids, found, (order) => applyVerb(verb, order))
    await write(ctx, changed, entryOf(verb), verb)
    const was = changed.map(({ before }) => ({ id: before.id, was: fieldsOf(verb, before) }))
    const counts = {
      done: job.done + step.ids.length,
      changed: job.changed + changed.length,
      refused: job.refused + refused.length,
    }
    return {
      step: { ...step, changed: was, refused, through: step.ids.length },
      job: { ...job, ...counts },
    }
  })
}

/** Takes back what the next step of a job did, the same way. */
export function undoVerbStep(ctx: UseCaseContext<never>, id: BulkJobId, verb: OrderVerb): Promise<boolean> {
  return inStep(ctx, { id, state: 'undoing', verb }, async ({ job, step }) => {
    const was = new Map(step.changed.map((each) => [each.id, each.was]))
    const ids = [...was.keys()]
    const found = await loadEach(ctx.db, ids)
    const { changed, refused: left } = sort(ids, found, (order) =>
      undoVerb(verb, was.get(order.id) ?? {}, order),
    )
    await write(ctx, changed, { what: 'bulk-undone', values: {} }, verb)
    return {
      step: { ...step, left, undone: ids.length },
      job: { ...job, undone: job.undone + changed.length, left: job.left + left.length },
    }
  })
}

interface StepOf {
  id: BulkJobId
  state: 'running' | 'undoing'
  verb: OrderVerb
}

function inStep(
  { db, now }: UseCaseContext<never>,
  { id, state, verb }: StepOf,
  work: (next: { job: BulkJob; step: BulkStep }) => Promise<{ job: BulkJob; step: BulkStep }>,
): Promise<boolean> {
  const stores = verb.kind === 'note' ? [...STORES, ...NOTE_STORES] : STORES
  return inUnit(db, { stores, durability: 'strict' }, async () => {
    const next = await loadNextStep(db, id, state)
    if (next === null) return false
    const { job, step } = await work(next)
    await Promise.all([db.bulkSteps.put(step), db.bulkJobs.put(moveOn(job, now()))])
    return true
  })
}

function sort(
  ids: readonly OrderId[],
  found: readonly Result<Order>[],
  change: (order: Order) => Result<Order>,
): { changed: Changed[]; refused: LeftOrder[] } {
  const changed: Changed[] = []
  const refused: LeftOrder[] = []
  ids.forEach((id, i) => {
    const loaded = found[i]
    if (loaded === undefined) return
    const result = loaded.ok ? change(loaded.value) : loaded
    const number = loaded.ok ? loaded.value.number : ''
    if (!result.ok) refused.push({ id, number, issue: result.error })
    else if (loaded.ok && result.value !== loaded.value)
      changed.push({ before: loaded.value, after: result.value })
  })
  return { changed, refused }
}

async function write(
  ctx: UseCaseContext<never>,
  changed: readonly Changed[],
  entry: Pick<NewActivity, 'what' | 'values'>,
  verb: OrderVerb,
): Promise<void> {
  if (changed.length === 0) return
  const { db, newId, now } = ctx
  const at = now()
  const after = changed.map(({ after: order }) => ({ ...order, updatedAt: at }))
  const orders = decidesBlocked(verb) ? await judgeAnew(ctx, after) : after
  const were = new Map(changed.map(({ before }) => [before.id, before]))
  const entries = orders.map((order): NewActivity => {
    const changes = describeChanges(listChanges(were.get(order.id) ?? order, order))
    return { ...ofOrder(order), ...entry, at, by: 'here', changes }
  })
  const counts: CountChanges = new Map()
  const last = lastChange(db)
  const [journal] = await Promise.all([openJournal(db, newId), last])
  const ids = orders.map(({ id }) => id)
  // One wait for all: Dexie loses sight of writes that are left alone while something else is waited for.
  await Promise.all([
    putOrders(db, orders, { before: were, changes: counts }),
    noteOrderChanges(db, ids, last),
    journal.add(entries),
    journal.close(),
  ])
  if (verb.kind === 'note') await sendNotes(ctx, orders)
  await applyCounts(db, counts)
}
