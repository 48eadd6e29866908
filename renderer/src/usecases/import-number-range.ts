import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { importRange } from '#core/shipping/import-range.ts'
import { openPool, type NumberPool } from '#core/shipping/number-pool.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

export interface ImportNumberRangeInput {
  /** As the seller names it. */
  service: string
  /** First and last number, complete S10 numbers. */
  from: string
  to: string
  lowWater: number
}

/**
 * Makes a pool of the numbers that a post has assigned. Issues: `invalid-input` with the field, of the range (core's
 * importRange) or `service-missing`, `low-water-invalid`; `conflict.range-overlap` with any pool there ever was.
 */
export function importNumberRange(
  { db, newId, now }: UseCaseContext,
  input: ImportNumberRangeInput,
): Promise<Result<NumberPool>> {
  const { service, lowWater } = input
  return inUnit(db, { stores: ['pools'], durability: 'strict' }, async () => {
    if (service.trim() === '')
      return err(issue('invalid-input', { reason: 'service-missing', field: 'service' }))
    if (!Number.isInteger(lowWater) || lowWater < 0)
      return err(issue('invalid-input', { reason: 'low-water-invalid', field: 'lowWater' }))
    const range = importRange({ from: input.from, to: input.to }, await db.pools.toArray())
    if (!range.ok) return range
    const pool = openPool(range.value, {
      id: newId<'pool'>(),
      service: service.trim(),
      lowWater,
      createdAt: now(),
    })
    await db.pools.add(pool)
    return ok(pool)
  })
}
