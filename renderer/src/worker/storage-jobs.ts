import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { BackupOccasion } from '#core/contracts/transfer.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { isEmpty } from '#renderer/data/is-empty.ts'
import type { Selection } from '#renderer/data/order-index/order-views.ts'
import { workspaceOf } from '#renderer/data/places.ts'
import { storageIssue } from '#renderer/data/storage-issue.ts'
import type { JobResult, StorageJob } from '#renderer/data/transfer/storage-job.ts'
import { breathe } from '#renderer/platform/breathe.ts'
import { systemClock, systemRng } from '#renderer/platform/clock.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import type { WorkerCalls } from '#renderer/platform/worker-port.ts'
import { exportOrders } from '#renderer/usecases/export-orders.ts'
import {
  makeBackup,
  sendRecords,
  type OnProgress,
  type TransferControl,
} from '#renderer/usecases/export-workspace.ts'
import { fetchTariff } from '#renderer/usecases/fetch-tariff.ts'
import { finishJudging } from '#renderer/usecases/finish-judging.ts'
import { loadRuleTables } from '#renderer/usecases/follow-rules.ts'
import { fileSource, importTariff } from '#renderer/usecases/import-tariff.ts'
import { importWorkspace } from '#renderer/usecases/import-workspace.ts'
import { noteBackup } from '#renderer/usecases/note-backup.ts'
import {
  comeBackOnline,
  prepareOffline,
  type EnginePort,
  type OfflineControl,
} from '#renderer/usecases/prepare-offline.ts'
import { printSelection } from '#renderer/usecases/print-selection.ts'
import { purgeBuyers } from '#renderer/usecases/purge-buyers.ts'

/** The engine: while the store is exchanged or joined nothing may be pulled or sent; before going offline all of it is. */
export interface JobEngine extends EnginePort {
  pause(): Promise<void>
  resume(): void
  /** The orders of a selection; null when its list is no longer open. */
  idsOf(selection: Selection): Promise<OrderId[] | null>
}

/** Runs one job at a time; a second one is refused, except that a page's job stops housekeeping. */
export class StorageJobs {
  #running: { byPage: boolean; stop: () => void; ended: Promise<unknown> } | null = null
  readonly #newId = createIdSource(systemClock, systemRng)

  constructor(
    private readonly db: CaravelDatabase,
    private readonly host: WorkerCalls,
    private readonly engine: JobEngine,
  ) {}

  get busy(): boolean {
    return this.#running !== null
  }

  stop(): void {
    this.#running?.stop()
  }

  async run(job: StorageJob, onProgress: OnProgress = () => undefined, byPage = true): Promise<JobResult> {
    if (this.#running !== null && byPage && !this.#running.byPage) {
      this.#running.stop()
      await this.#running.ended
    }
    if (this.#running !== null) return err(issue('conflict', { reason: 'transfer-running' }))
    let stopped = false
    const ended = this.#guarded(job, { onProgress, stopped: () => stopped })
    this.#running = { byPage, stop: () => (stopped = true), ended }
    try {
      return await ended
    } finally {
      this.#running = null
    }
  }

  async #guarded(job: StorageJob, control: TransferControl): Promise<JobResult> {
    try {
      return await this.#do(job, control)
    } catch (error) {
      return err(storageIssue(error))
    }
  }

  async #do(job: StorageJob, control: TransferControl): Promise<JobResult> {
    const source = { db: this.db, host: this.host, workspace: workspaceOf(this.db.name) }
    if (job.kind === 'export-orders') return this.#exportOrders(job, control)
    if (job.kind === 'print-papers') return this.#printPapers(job, control)
    if (job.kind === 'import') return this.#import(job, control)
    if (job.kind === 'prepare-offline' || job.kind === 'back-online') return this.#offline(job, control)
    if (job.kind === 'import-tariff') {
      const tools = { db: this.db, now: systemClock, newId: this.#newId }
      const imported = await importTariff(tools, fileSource(job.file), control)
      return imported.ok ? ok({ kind: job.kind, imported: imported.value }) : imported
    }
    if (job.kind === 'fetch-tariff') {
      const tools = { db: this.db, host: this.host, now: systemClock, newId: this.#newId }
      const fetched = await fetchTariff(tools, job.address, control)
      return fetched.ok ? ok({ kind: job.kind, imported: fetched.value }) : fetched
    }
    if (job.kind === 'purge') {
      const tools = { db: this.db, newId: this.#newId, now: systemClock, breathe, stopped: control.stopped }
      const purged = await purgeBuyers(tools)
      return purged.ok ? ok({ kind: 'purge', ...purged.value }) : purged
    }
    const made =
      job.kind === 'export'
        ? await sendRecords(source, job.session, control)
        : await this.#backUp('manual', control)
    return made.ok ? ok({ kind: job.kind, ...made.value }) : made
  }

  async #exportOrders(
    job: StorageJob & { kind: 'export-orders' },
    control: TransferControl,
  ): Promise<JobResult> {
    const { session, selection, file } = job
    const ids = await this.engine.idsOf(selection)
    if (ids === null) {
      await this.host['export.cancel']({ session })
      return err(issue('not-found', { reason: 'view' }))
    }
    const sent = await exportOrders({ db: this.db, host: this.host }, { session, ids, file }, control)
    return sent.ok ? ok({ kind: job.kind, ...sent.value }) : sent
  }

  async #printPapers(
    { kind, selection, wish }: StorageJob & { kind: 'print-papers' },
    control: TransferControl,
  ): Promise<JobResult> {
    const ids = await this.engine.idsOf(selection)
    if (ids === null) return err(issue('not-found', { reason: 'view' }))
    const { db, host } = this
    const rules = await loadRuleTables(db)
    const tools = { db, host, rules, now: systemClock, rng: systemRng, newId: this.#newId }
    const printed = await printSelection(tools, { ids, wish }, control)
    return printed.ok ? ok({ kind, ...printed.value }) : printed
  }

  async #offline(
    job: StorageJob & { kind: 'prepare-offline' | 'back-online' },
    { stopped, onProgress }: TransferControl,
  ): Promise<JobResult> {
    const { db, host, engine } = this
    const tools = {
      ...{ db, host, engine, now: systemClock, newId: this.#newId },
      sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    }
    const control: OfflineControl = { stopped, onStep: (step, done, total) => onProgress(done, total, step) }
    if (job.kind === 'prepare-offline') {
      const prepared = await prepareOffline(tools, job, control)
      return prepared.ok ? ok({ kind: job.kind, desk: prepared.value }) : prepared
    }
    const back = await comeBackOnline(tools, control)
    return back.ok ? ok({ kind: job.kind, ...back.value }) : back
  }

  async #import(job: StorageJob & { kind: 'import' }, control: TransferControl): Promise<JobResult> {
    await this.engine.pause()
    let replaced = false
    try {
      const target = { db: this.db, host: this.host, now: systemClock, newId: this.#newId, breathe }
      const imported = await importWorkspace(target, job, control)
      if (!imported.ok) return imported
      if (imported.value.mode === 'merge') {
        await finishJudging({ ...target, rng: systemRng, rules: await loadRuleTables(this.db) })
        return ok({ kind: 'merge', merged: imported.value.merged })
      }
      // From here on the store is another one: this engine stays still until the page loads anew.
      replaced = true
      return ok({ kind: 'replace' })
    } finally {
      if (!replaced) this.engine.resume()
    }
  }

  /** A backup when the newest is a day old, then what is due to be purged; for idle time. */
  async keepHouse(): Promise<void> {
    if (this.busy) return
    if (workspaceOf(this.db.name) === 'own' && (await this.#backupIsDue())) {
      await this.#asHousekeeping((control) => this.#backUp('daily', control))
    }
    if (!this.busy) await this.run({ kind: 'purge' }, undefined, false)
  }

  /** What it came to is kept: nobody looks on when it happens by itself. */
  async #backUp(occasion: BackupOccasion, control: TransferControl): Promise<Result<{ bytes: number }>> {
    const source = { db: this.db, host: this.host, workspace: workspaceOf(this.db.name) }
    const made = await makeBackup(source, occasion, control).catch((error: unknown) =>
      err(storageIssue(error)),
    )
    await noteBackup(this.db, made, systemClock())
    return made
  }

  async #asHousekeeping(work: (control: TransferControl) => Promise<unknown>): Promise<void> {
    let stopped = false
    const ended = work({ onProgress: () => undefined, stopped: () => stopped })
    this.#running = { byPage: false, stop: () => (stopped = true), ended: ended.catch(() => undefined) }
    try {
      await ended
    } finally {
      this.#running = null
    }
  }

  async #backupIsDue(): Promise<boolean> {
    if ((await isEmpty(this.db.orders)) && (await isEmpty(this.db.connections))) return false
    const listed = await this.host['backups.list']({})
    if (!listed.ok) return false
    const newest = listed.value.backups.find(
      ({ workspace, occasion }) => workspace === 'own' && occasion !== 'upgrade',
    )
    return newest === undefined || systemClock() - newest.createdAt >= BACKUP_EVERY_MS
  }
}

/** Somewhat less than a day, so that a desk that is opened at the same hour each morning has one a day. */
const BACKUP_EVERY_MS = 20 * 3_600_000
