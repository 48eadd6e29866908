import type { Issue } from '#core/shared/issue.ts'
import type {
  ActivityId,
  ConnectionId,
  DocumentId,
  OrderId,
  PrintJobId,
  ShipmentId,
} from '#core/shared/ids.ts'
import type { Checkpoint } from '#core/contracts/operations.ts'
import type { PrintTarget } from '#core/contracts/ipc.ts'
import type { Address } from '#core/address/address.ts'
import type { Order } from '#core/order/order.ts'
import type { Product } from '#core/catalog/product.ts'
import type { Connectivity } from '#core/sync/connectivity.ts'

/** Records that only storage knows; entities come from core. */

/** A connected shop. Its address and secrets are in main; here is what sync needs and what people read. */
export interface Connection {
  id: ConnectionId
  connectorId: string
  /** What the seller calls it. */
  name: string
  /** Non-secret settings, for the form, e.g. { baseUrl, username }. */
  settings: Record<string, string>
  /** Pulls run by themselves this often; 0 means only by hand. */
  pullEveryMs: number
  paused: boolean
  /** Days from an order to its parcel leaving; absent in records before it could be set (core/order/ship-by.ts). */
  handlingDays?: number
  checkpoint: Checkpoint | null
  /** Page token of a pull that was cut off in the middle; resumes there. */
  pageToken: string | null
  lastPullAt: number | null
  lastSuccessAt: number | null
  lastIssue: Issue | null
  /** True after the remote refused the credentials, until they are entered again. */
  needsSignIn: boolean
  /** Orders stored by the pull that is running; null when none runs. */
  pulling: { stored: number; startedAt: number } | null
  createdAt: number
}

/** Stored bytes of a printed paper; never changed, reprinted as they are. */
export interface StoredDocument {
  id: DocumentId
  kind: 'label'
  orderId: OrderId
  shipmentId: ShipmentId
  title: string
  mime: 'application/pdf'
  bytes: Uint8Array
  sha256: string
  widthMm: number
  heightMm: number
  createdAt: number
}

/** Spooled is not printed: `confirmed` is a person's word. */
export interface PrintJob {
  id: PrintJobId
  documentId: DocumentId
  orderId: OrderId
  title: string
  target: PrintTarget
  state: 'queued' | 'sent' | 'confirmed' | 'failed'
  attempts: number
  spooledAs: string
  lastIssue: Issue | null
  createdAt: number
  updatedAt: number
}

/** One thing that happened to an entity, in order; the order's timeline. */
export interface Activity {
  id: ActivityId
  entityKey: string
  at: number
  /** Key under `activity:` in locales, with its values. */
  what: string
  values: Record<string, string | number>
  by: 'here' | 'remote'
}

/** An item that did not parse, with what came. */
export interface QuarantinedItem {
  /** `<connectionId>:<remoteId>` */
  id: string
  connectionId: ConnectionId
  remoteId: string
  reason: string
  raw: unknown
  firstSeenAt: number
  lastSeenAt: number
}

/** What the remote last said of an entity, exactly as the connector mapped it. */
export interface Shadow {
  /** `order:<orderId>` */
  entityKey: string
  value: unknown
  remoteUpdatedAt: number
}

/** Everything a person sets once for this desk. One row, key `desk`. */
export interface DeskSettings {
  sender: Address
  signer: string
  locale: 'en' | 'zh-CN' | 'system'
  theme: 'light' | 'dark' | 'system'
  density: 'compact' | 'normal' | 'roomy'
  labelTarget: PrintTarget
  homeCurrency: string
  /** `demo` while the demo workspace is open. */
  workspace: 'none' | 'own' | 'demo'
  railCollapsed: boolean
}

/** An order as stored: with what its indexes need beside it. */
export interface StoredOrder extends Order {
  /** Its SKUs while customs facts still matter to it (not yet sent, not cancelled); empty afterwards. */
  openSkus: string[]
}

/** A product as stored. */
export interface StoredProduct extends Product {
  /** 1 while a customs fact is missing; a number because IndexedDB does not index booleans. */
  incomplete: 0 | 1
}

/** A count that is kept in the transaction of what it counts: `<queue>` or `<connectionId>:<queue>`. */
export interface Counter {
  key: string
  count: number
}

/** One row per subject. */
export type SettingRow = { key: 'desk'; value: DeskSettings } | { key: 'connectivity'; value: Connectivity }
