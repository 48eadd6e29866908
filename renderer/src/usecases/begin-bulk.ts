import type { BulkJobId, OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { parseVerb, type OrderVerb } from '#core/order/order-verbs.ts'
import type { BulkVerb, ParcelVerb } from '#renderer/data/bulk-records.ts'
import { beginJob, BULK_STORES, dropOldJobs } from '#renderer/data/repos/bulk.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Orders that are changed in one transaction: large enough to cost little each, short enough that nobody waits for it. */
const PER_UNIT = 500
/** A step of parcels is written anew after each of them. */
const PER_PARCEL_STEP = 50

const PARCEL_VERBS: readonly BulkVerb['kind'][] = ['label', 'void-label', 'hand-over', 'print']

export function isParcelVerb(verb: BulkVerb): verb is ParcelVerb {
  return PARCEL_VERBS.includes(verb.kind)
}

/** Whether what it did can be taken back as one step; a label is voided instead, and paper is paper. */
export function canBeUndone({ kind }: BulkVerb): boolean {
  return kind !== 'label' && kind !== 'void-label' && kind !== 'print'
}

/**
 * Notes that a verb is to be done on these orders; the data worker does it from here on, also after a restart. Paper comes out in the order of
 * `ids`; any other verb goes by the ids themselves, so that what lies together is read and written together. Issues: those of the verb
 * (core/order/order-verbs.ts), `not-found.no-orders`, `invalid-input.weight-unknown`.
 */
export async function beginBulk(
  { db, newId, now }: UseCaseContext<never>,
  { verb, ids }: { verb: BulkVerb; ids: readonly OrderId[] },
): Promise<Result<BulkJobId>> {
  const checked = checkVerb(verb, now())
  if (!checked.ok) return checked
  const distinct = isParcelVerb(verb) ? [...new Set(ids)] : [...new Set(ids)].sort()
  if (distinct.length === 0) return err(issue('not-found', { reason: 'no-orders' }))
  const id = newId<'bulk-job'>()
  await inUnit(db, { stores: BULK_STORES, durability: 'strict' }, async () => {
    const perStep = isParcelVerb(verb) ? PER_PARCEL_STEP : PER_UNIT
    await beginJob(db, { id, verb: checked.value, at: now() }, distinct, perStep)
    await dropOldJobs(db, now())
  })
  return ok(id)
}

function checkVerb(verb: BulkVerb, now: number): Result<BulkVerb> {
  if (!isParcelVerb(verb)) return parseVerb(verb satisfies OrderVerb, now)
  if (verb.kind === 'label' && !(verb.weight.grams > 0 || verb.weight.kind === 'net-plus'))
    return err(issue('invalid-input', { reason: 'weight-unknown', field: 'grossGrams' }))
  return ok(verb)
}
