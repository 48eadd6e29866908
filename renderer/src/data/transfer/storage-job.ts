import type { TransferHeader } from '#core/contracts/transfer.ts'
import type { OrdersFile } from '#core/order/export-columns.ts'
import type { Result } from '#core/shared/result.ts'
import type { ImportFile } from '#renderer/data/transfer/unfinished-import.ts'
import type { Selection } from '#renderer/data/order-index/order-views.ts'
import type { OfflineDesk } from '#renderer/data/setting-records.ts'
import type { PrintedSelection, SelectionWish } from '#renderer/data/transfer/selection-papers.ts'
import type { ImportedTariff, TariffFile } from '#renderer/data/transfer/tariff-file.ts'
import type { Merged } from '#renderer/data/transfer/merged.ts'

/** Long work on the whole store that the data worker does for a page, one at a time. */
export type StorageJob =
  /** Main has asked where to. */
  | { kind: 'export'; session: string }
  | { kind: 'backup' }
  /** The file is unlocked; `run` names this run of the app. */
  | {
      kind: 'import'
      session: string
      file: ImportFile
      header: TransferHeader
      mode: 'replace' | 'merge'
      run: string
    }
  /** Main has asked where to. */
  | { kind: 'export-orders'; session: string; selection: Selection; file: OrdersFile }
  | { kind: 'print-papers'; selection: Selection; wish: SelectionWish }
  | { kind: 'purge' }
  /** A tariff file of a person; read in slices. */
  | { kind: 'import-tariff'; file: TariffFile }
  /** From an address of the list that comes with the app. */
  | { kind: 'fetch-tariff'; address: string }
  /** Before the line is cut on purpose; `share` is in percent. */
  | { kind: 'prepare-offline'; share: number }
  | { kind: 'back-online' }

export type JobOutcome =
  | { kind: 'export' | 'backup'; bytes: number }
  | { kind: 'export-orders'; count: number }
  | ({ kind: 'print-papers' } & PrintedSelection)
  | { kind: 'replace' }
  | { kind: 'merge'; merged: Merged }
  | { kind: 'purge'; purged: number }
  | { kind: 'import-tariff'; imported: ImportedTariff }
  /** Null: what is here is still what is there. */
  | { kind: 'fetch-tariff'; imported: ImportedTariff | null }
  | { kind: 'prepare-offline'; desk: OfflineDesk }
  /** `refused`: listings that could not take their stock back yet. */
  | { kind: 'back-online'; refused: number }

export type JobResult = Result<JobOutcome>

/** A job that runs, as its page sees it. */
export interface RunningJob {
  done: Promise<JobResult>
  cancel(): void
}
