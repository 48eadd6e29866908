import type { BulkJobId, OrderId } from '#core/shared/ids.ts'
import type { BulkJob, LeftOrder } from '#renderer/data/bulk-records.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'

/** Verbs on many orders, the newest first. */
export async function readBulkJobs(db: CaravelDatabase): Promise<BulkJob[]> {
  return (await db.bulkJobs.toArray()).sort((a, b) => (a.id < b.id ? 1 : -1))
}

export function watchBulkJobs(db: CaravelDatabase): Watched<BulkJob[]> {
  return watch(() => readBulkJobs(db))
}

export interface JobResults {
  refused: LeftOrder[]
  left: LeftOrder[]
}

/** The orders of a job that stayed as they were, in its order; `most` of each. */
export function watchJobResults(db: CaravelDatabase, id: BulkJobId, most: number): Watched<JobResults> {
  return watch(async () => {
    const results: JobResults = { refused: [], left: [] }
    for (const step of await db.bulkSteps.where('jobId').equals(id).sortBy('id')) {
      results.refused.push(...step.refused.slice(0, most - results.refused.length))
      results.left.push(...step.left.slice(0, most - results.left.length))
    }
    return results
  })
}

/** The orders that a job changed. */
export async function readChangedIds(db: CaravelDatabase, id: BulkJobId): Promise<OrderId[]> {
  const steps = await db.bulkSteps.where('jobId').equals(id).sortBy('id')
  return steps.flatMap(({ changed }) => changed.map((each) => each.id))
}
