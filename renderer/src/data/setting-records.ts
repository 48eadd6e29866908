import type { Issue } from '#core/shared/issue.ts'
import type { LeftOutRate } from '#core/money/rate-set.ts'
import type { PrintTarget } from '#core/contracts/ipc.ts'
import type { Address } from '#core/address/address.ts'
import type { CustomsChoices } from '#core/customs/customs-choices.ts'
import type { AddressLetters } from '#core/address/latin/fit-address.ts'
import type { PaperMedia } from '#core/documents/document-request.ts'
import type { PaperLanguage } from '#core/documents/words/flow-words.ts'
import type { Connectivity } from '#core/sync/connectivity.ts'
import type { JournalHead } from '#core/sync/journal.ts'
import type { StockReserve, Counter } from '#renderer/data/records.ts'

/** The rows of the store `settings`: one per subject. */

/** How papers come out unless a person says otherwise; papers on label media go where labels go. */
export interface PaperChoices {
  target: PrintTarget
  language: PaperLanguage
  media: PaperMedia
  /** Of addresses that carriers are sent. */
  letters: AddressLetters
}

/** Everything a person sets once for this desk. One row, key `desk`. */
export interface DeskSettings {
  sender: Address
  signer: string
  locale: 'en' | 'zh-CN' | 'system'
  theme: 'light' | 'dark' | 'system'
  density: 'compact' | 'normal' | 'roomy'
  labelTarget: PrintTarget
  papers: PaperChoices
  homeCurrency: string
  /** `demo` while the demo workspace is open. */
  workspace: 'none' | 'own' | 'demo'
  railCollapsed: boolean
  /** Closing the window hides it and sync goes on, where the desktop has a place for the icon that brings it back. */
  keepInTray: boolean
  /** Days after which buyers' data of finished orders is purged; 0 is never. */
  retentionDays: number
  /** Days without a word of a parcel that left until it is worth asking about (core/order/clock.ts). */
  noScanDays: number
  /** Names this machine in the journal; made once, never changed. '' before that. */
  deskId: string
  /** What people call it. */
  deskName: string
  customs: CustomsChoices
}

/** Backups made by themselves do not come about: since when, and what the last one came to. */
export interface BackupTrouble {
  failedSince: number
  issue: Issue
}

/** The desk was prepared for work without a line. There from the first preparation until a person is back. */
export interface OfflineDesk {
  since: number
  preparedAt: number
  /** Percent of every counted stock that was asked for; 0 takes nothing. */
  share: number
  report: OfflineReport
}

/** What the last preparation came to, for people. */
export interface OfflineReport {
  /** Shops whose orders or listings did not come. */
  notPulled: string[]
  /** Changes that did not leave, of those that nobody keeps back. */
  unsent: number
  /** Taken out of shops for this desk, over all preparations. */
  frozen: { listings: number; pieces: number }
  /** Listings whose stock could not be taken: a conflict waits, or their shop does not offer it. */
  notFrozen: number
  labels: { ready: number; lacking: string[] }
  pictures: { stored: number; lacking: number; full: boolean }
}

/** Reserves that came with a file: whether those pieces were given back since it was written, only a person knows (docs/adr/0011). */
export interface CopiedReserves {
  /** When the file was written; of several the oldest. */
  copiedAt: number
  reserves: StockReserve[]
}

/** What the last attempt to fetch exchange rates came to. */
export interface RatesState {
  triedAt: number
  /** Null when it came about. */
  issue: Issue | null
  /** What could not be read of it, for people. */
  leftOut: LeftOutRate[]
}

/** What somebody looked for, the last first; it may name buyers. */
export interface RecentSearch {
  text: string
  at: number
}

/** How far a file was written into this database, which is nobody's workspace yet; gone once it is. */
export interface ImportState {
  /** Tells the same file again, whatever it is called by then. */
  identity: string
  /** What it was called. */
  name: string
  /** Records that are here, by table. */
  written: Record<string, number>
  /** Records of the whole file. */
  total: number
  /** What the rows that are here count. */
  counts: Counter[]
  updatedAt: number
}

/** Open orders that are to be judged anew, page by page, because what they are judged by has changed. */
export interface Judging {
  id: string
  /** Of the product whose facts changed; null when it concerns all orders. */
  sku: string | null
}

/** One row per subject. */
export type SettingRow =
  | { key: 'desk'; value: DeskSettings }
  | { key: 'connectivity'; value: Connectivity }
  | { key: 'journal'; value: JournalHead }
  /** There while backups that are made by themselves fail. */
  | { key: 'backup'; value: BackupTrouble }
  | { key: 'offline'; value: OfflineDesk }
  | { key: 'rates'; value: RatesState }
  /** There until a person has said what became of them. */
  | { key: 'copied-reserves'; value: CopiedReserves }
  | { key: 'searches'; value: RecentSearch[] }
  /** There until the last of those orders is judged. */
  | { key: 'judging'; value: Judging[] }
  /** There while a file is written into this database. */
  | { key: 'import'; value: ImportState }
  /**
   * Number of the last change that main's journal of unsent work was to hear of (docs/adr/0010); `whole` once it has heard of everything in
   * this store.
   */
  | { key: 'kept'; value: { seq: number; whole?: true } }
