import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watchAtOnce } from '#renderer/data/queries/watch.ts'
import { BULK_STORES, dropOldJobs, findUnfinished } from '#renderer/data/repos/bulk.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { isParcelVerb } from '#renderer/usecases/begin-bulk.ts'
import { cancelBulk } from '#renderer/usecases/cancel-bulk.ts'
import { runParcelStep, type ParcelContext } from '#renderer/usecases/run-parcel-step.ts'
import { doVerbStep, undoVerbStep } from '#renderer/usecases/run-verb-step.ts'

export interface BulkTools extends ParcelContext {
  breathe: () => Promise<void>
  mayWrite: () => boolean
  onError: (error: unknown) => void
}

export interface BulkRunner {
  /** Looks for work at once. */
  look(): void
  /** Ends after what it is at; the rest is done after the next start. */
  stop(): Promise<void>
}

/** After the store refused, or while it may not be written. */
const RETRY_MS = 15_000

/**
 * Does what is noted as a verb on many orders, one job after another, and goes on with what an earlier run has left. Beside backups and
 * pulls, which never keep it waiting. One per database: it belongs to the worker that leads.
 */
export function runBulkJobs(tools: BulkTools): BulkRunner {
  let stopped = false
  let working: Promise<void> | null = null
  let again = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    again = true
    if (!stopped) working ??= work().finally(() => (working = null))
  }

  async function work(): Promise<void> {
    clearTimeout(timer)
    try {
      while (again && !stopped) {
        again = false
        await doAll(tools, () => stopped)
      }
    } catch (error) {
      // The database may be closed while a unit is under way.
      if (!stopped) tools.onError(error)
    }
    if (!stopped && (await isLeft(tools.db))) timer = setTimeout(look, RETRY_MS)
  }

  const watching = watchAtOnce(() => tools.db.bulkJobs.where('state').anyOf(['running', 'undoing']).count())
  const following = watching.subscribe((open) => open > 0 && look(), tools.onError)
  return {
    look,
    async stop() {
      stopped = true
      following.unsubscribe()
      clearTimeout(timer)
      await working
    },
  }
}

async function doAll(tools: BulkTools, stopped: () => boolean): Promise<void> {
  const mayGoOn = (): boolean => !stopped() && tools.mayWrite()
  for (let job = await findUnfinished(tools.db); job !== undefined;) {
    while (mayGoOn() && (await runStep(tools, job))) await tools.breathe()
    if (!mayGoOn()) return
    const next = await findUnfinished(tools.db)
    // One whose records do not fit any more can only be given up.
    if (next?.id === job.id && next.state === job.state) await cancelBulk(tools, { jobId: job.id })
    job = await findUnfinished(tools.db)
    if (job === undefined) await dropOld(tools)
  }
}

/** One unit of a job; false when it had nothing to do. */
async function runStep(
  tools: BulkTools,
  { id, state, verb }: NonNullable<Awaited<ReturnType<typeof findUnfinished>>>,
): Promise<boolean> {
  const isUndo = state === 'undoing'
  if (isParcelVerb(verb)) return runParcelStep(tools, id, isUndo ? 'undoing' : 'running')
  return isUndo ? undoVerbStep(tools, id, verb) : doVerbStep(tools, id, verb)
}

function dropOld({ db, now }: BulkTools): Promise<void> {
  return inUnit(db, { stores: BULK_STORES, durability: 'strict' }, () => dropOldJobs(db, now()))
}

async function isLeft(db: CaravelDatabase): Promise<boolean> {
  return db.isOpen() && (await findUnfinished(db)) !== undefined
}
