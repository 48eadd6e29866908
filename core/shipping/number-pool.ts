import type { PoolId } from '#core/shared/ids.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { issue } from '#core/shared/issue.ts'
import type { NumberRange } from '#core/shipping/import-range.ts'
import { makeS10 } from '#core/shipping/s10.ts'

/**
 * Numbers a post has assigned to this mailer, given out offline one after the other. Used-up pools stay, so
 * their numbers cannot be imported again (S10: no reuse for 12 months).
 */
export interface NumberPool extends NumberRange {
  id: PoolId
  /** The service the numbers are for, as the seller names it. */
  service: string
  /** Next serial to give out; `to + 1` when there is none. */
  next: number
  /** Warn when no more than this many are left. */
  lowWater: number
  /** Epoch ms. */
  createdAt: number
}

export interface PoolFacts {
  id: PoolId
  service: string
  lowWater: number
  createdAt: number
}

/** A fresh pool of a range that importRange() has checked. */
export function openPool(range: NumberRange, facts: PoolFacts): NumberPool {
  return { ...facts, ...range, next: range.from }
}

/**
 * The next number and the pool without it. Store both, and the shipment that takes the number, in one
 * transaction. Fails with `not-found.pool-empty`.
 */
export function allocateNumber(pool: NumberPool): Result<{ number: string; pool: NumberPool }> {
  if (countRemaining(pool) === 0) return err(issue('not-found', { reason: 'pool-empty', field: 'poolId' }))
  return ok({
    number: makeS10(pool.indicator, pool.next, pool.country),
    pool: { ...pool, next: pool.next + 1 },
  })
}

/**
 * Numbers still to give out. None when `next` lies outside the range: a damaged pool must not invent numbers.
 */
export function countRemaining({ from, to, next }: NumberPool): number {
  return next < from ? 0 : Math.max(0, to - next + 1)
}

export function isLow(pool: NumberPool): boolean {
  return countRemaining(pool) <= pool.lowWater
}
