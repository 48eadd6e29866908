import type { TransferHeader } from '#core/contracts/transfer.ts'
import type { Result } from '#core/shared/result.ts'
import type { Merged } from '#renderer/data/transfer/merge-workspace.ts'

/** Long work on the whole store that the data worker does for a page, one at a time. */
export type StorageJob =
  /** Main has asked where to. */
  | { kind: 'export'; session: string }
  | { kind: 'backup' }
  /** The file is unlocked; `run` names this run of the app. */
  | { kind: 'import'; session: string; header: TransferHeader; mode: 'replace' | 'merge'; run: string }
  | { kind: 'purge' }

export type JobOutcome =
  | { kind: 'export' | 'backup'; bytes: number }
  | { kind: 'replace' }
  | { kind: 'merge'; merged: Merged }
  | { kind: 'purge'; purged: number }

export type JobResult = Result<JobOutcome>

/** A job that runs, as its page sees it. */
export interface RunningJob {
  done: Promise<JobResult>
  cancel(): void
}
