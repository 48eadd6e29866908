import type { PoolId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Removes a pool of which no number was given out. A pool in use stays, so that its numbers cannot be imported again.
 * Issues: `not-found.pool`, `conflict.pool-in-use`.
 */
export function removePool({ db }: UseCaseContext, { poolId }: { poolId: PoolId }): Promise<Result<null>> {
  return inUnit(db, { stores: ['pools'], durability: 'strict' }, async () => {
    const pool = await db.pools.get(poolId)
    if (pool === undefined) return err(issue('not-found', { reason: 'pool' }))
    if (pool.next !== pool.from) return err(issue('conflict', { reason: 'pool-in-use' }))
    await db.pools.delete(poolId)
    return ok(null)
  })
}
