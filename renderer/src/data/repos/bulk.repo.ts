import type { BulkJobId, OrderId } from '#core/shared/ids.ts'
import type { BulkJob, BulkStep, BulkVerb } from '#renderer/data/bulk-records.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'

/** The stores of a job's own records. */
export const BULK_STORES = ['bulkJobs', 'bulkSteps'] as const

const MOST_JOBS = 20
const LONGEST_KEPT_MS = 7 * 86_400_000

/** Steps are packed so many at a time: of half a million orders there are a thousand. */
const STEPS_AT_ONCE = 20

export function stepId(jobId: BulkJobId, place: number): string {
  return `${jobId}:${String(place).padStart(6, '0')}`
}

/** Writes a job with all of its orders, so that it goes on by itself whatever happens. In a unit over BULK_STORES. */
export async function beginJob(
  db: CaravelDatabase,
  { id, verb, at }: { id: BulkJobId; verb: BulkVerb; at: number },
  ids: readonly OrderId[],
  perStep: number,
): Promise<BulkJob> {
  const steps: BulkStep[] = []
  for (let i = 0; i < ids.length; i += perStep) {
    const part = ids.slice(i, i + perStep)
    steps.push({
      ...{ id: stepId(id, steps.length), jobId: id, ids: part },
      ...{ changed: [], refused: [], left: [], through: 0, undone: 0, trying: null },
    })
  }
  const job: BulkJob = {
    ...{ id, state: 'running', verb, total: ids.length, done: 0, changed: 0, refused: 0, undone: 0, left: 0 },
    ...{ next: 0, undoNext: 0, steps: steps.length, createdAt: at, endedAt: null },
  }
  for (let at = 0; at < steps.length; at += STEPS_AT_ONCE)
    await db.bulkSteps.bulkAdd(steps.slice(at, at + STEPS_AT_ONCE))
  await db.bulkJobs.add(job)
  return job
}

/** The job that is to go on, the oldest first; undefined when none is. */
export async function findUnfinished(db: CaravelDatabase): Promise<BulkJob | undefined> {
  const open = await db.bulkJobs.where('state').anyOf(['running', 'undoing']).toArray()
  return open.sort((a, b) => (a.id < b.id ? -1 : 1))[0]
}

/** A job with the step that is next, if it still is in this state; null when a person has stopped it or it is through. */
export async function loadNextStep(
  db: CaravelDatabase,
  id: BulkJobId,
  state: BulkJob['state'],
): Promise<{ job: BulkJob; step: BulkStep } | null> {
  const job = await db.bulkJobs.get(id)
  if (job?.state !== state) return null
  const step = await db.bulkSteps.get(stepId(id, state === 'undoing' ? job.undoNext : job.next))
  return step === undefined ? null : { job, step }
}

/** The job behind a step that is through; over after the last. One that was stopped has nothing to take back in steps that it did not begin. */
export function moveOn(job: BulkJob, now: number): BulkJob {
  const isUndo = job.state === 'undoing'
  const moved = isUndo ? { ...job, undoNext: job.undoNext + 1 } : { ...job, next: job.next + 1 }
  const isOver = isUndo ? moved.undoNext > Math.min(job.next, job.steps - 1) : moved.next >= job.steps
  return isOver ? { ...moved, state: isUndo ? 'undone' : 'done', endedAt: now } : moved
}

/** Jobs that are over, beyond the newest or too old: what they did can no longer be taken back. In a unit over BULK_STORES. */
export async function dropOldJobs(db: CaravelDatabase, now: number): Promise<void> {
  const jobs = (await db.bulkJobs.toArray()).sort((a, b) => (a.id < b.id ? 1 : -1))
  const old = jobs.filter(
    ({ endedAt }, i) => endedAt !== null && (i >= MOST_JOBS || now - endedAt > LONGEST_KEPT_MS),
  )
  if (old.length === 0) return
  const ids = old.map(({ id }) => id)
  const steps = await db.bulkSteps.where('jobId').anyOf(ids).primaryKeys()
  await db.bulkSteps.bulkDelete(steps)
  await db.bulkJobs.bulkDelete(ids)
}
