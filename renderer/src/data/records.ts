import type { Issue } from '#core/shared/issue.ts'
import type {
  ActivityId,
  ConnectionId,
  DocumentId,
  ListingId,
  OrderId,
  PrintJobId,
  ShipmentId,
} from '#core/shared/ids.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import type { PictureType } from '#core/listing/picture.ts'
import type { Checkpoint, Withheld } from '#core/contracts/operations.ts'
import type { PrintTarget } from '#core/contracts/ipc.ts'
import type { LabelMime } from '#core/documents/label-file.ts'
import type { Order } from '#core/order/order.ts'
import type { ShopCalendar } from '#core/order/shop-calendar.ts'
import type { Product } from '#core/catalog/product.ts'
import type { QueueColumns, SavedView } from '#core/order/saved-view.ts'
import type { Breaker } from '#core/sync/breaker.ts'
import type { GuardAlarm } from '#core/sync/guards.ts'
import type { FieldConflict } from '#core/sync/merge3.ts'
import type { JournalEntry } from '#core/sync/journal.ts'

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
  /** Nothing is sent to it; what people do waits in the outbox. Absent when it may be written to. */
  readOnly?: true
  /** What it keeps from its sign-in, as it was when that was tested; absent when nothing is known to be. */
  withheld?: Withheld[]
  /** When its secrets were taken off this machine while its data stayed, epoch ms; absent while it is connected. */
  disconnectedAt?: number
  /** Days from an order to its parcel leaving; absent in records before it could be set (core/order/ship-by.ts). */
  handlingDays?: number
  /** When its parcels leave; absent where nobody has said it. */
  calendar?: ShopCalendar
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
  /** What a pull would have done that nobody means to do; pulls stop until a person answers. Absent when all is well. */
  alarm?: GuardAlarm
  /** A person looked and said so: what the next pull brings is taken. */
  alarmWaived?: true
  /** The same for listings that are gone: the next walk of the whole catalogue takes it. */
  deleteWaived?: true
  /** Whether sends are let through, from how the last calls went; absent while nothing went wrong. */
  breaker?: Breaker
  /** Where the pull of its listings stands; absent before the first. */
  catalogue?: CatalogueState
  /** When its access ends unless a person renews it; absent when nobody has to, or the shop does not say. */
  tokenExpiresAt?: number
  createdAt: number
}

/** How far a shop's listings were read. */
export interface CatalogueState {
  checkpoint: Checkpoint | null
  /** Page token of a pull that was cut off in the middle; resumes there. */
  pageToken: string | null
  /** Start of the walk of the whole catalogue that is under way; null outside of one. */
  walkStartedAt: number | null
  /** Start of the last such walk that came to its end. */
  lastWholeAt: number | null
  lastPullAt: number | null
  lastSuccessAt: number | null
  lastIssue: Issue | null
  /** Listings stored by the pull that is running; null when none runs. */
  pulling: { stored: number; startedAt: number } | null
}

/** What both sides changed: a person chooses. Values are JSON; absent: the side has none. */
export interface Conflict {
  /** One per entity: its key. */
  entityKey: string
  connectionId: ConnectionId
  /** What people call the entity. */
  label: string
  fields: FieldConflict[]
  since: number
  updatedAt: number
}

/** Stored bytes of a printed paper; never changed, reprinted as they are. */
export interface StoredDocument {
  id: DocumentId
  kind: 'label'
  orderId: OrderId
  shipmentId: ShipmentId
  title: string
  mime: LabelMime
  bytes: Uint8Array
  sha256: string
  widthMm: number
  heightMm: number
  createdAt: number
}

/** A small picture of a listing; fetched again when its address changes, left out of backups. */
export interface ListingPicture {
  listingId: ListingId
  connectionId: ConnectionId
  url: string
  mime: PictureType
  bytes: Uint8Array
  fetchedAt: number
}

/** Pieces of a listing that were taken out of its shop for this desk; they are given back when it is online again. */
export interface StockReserve {
  listingId: ListingId
  connectionId: ConnectionId
  /** The listing's id at its shop: after the loss of this store it is pulled under another id. Absent in the oldest reserves. */
  remoteId?: string
  /** Per offer; pieces are never 0. */
  offers: { offerRemoteId: string; pieces: number }[]
  since: number
}

/**
 * A day of exchange rates as its source published it. Its figures never change once they are here, so that what was reckoned with them
 * can be reckoned again.
 */
export interface StoredRateSet extends RateSet {
  /** `<source>:<date>`: what an amount that was converted can name. */
  id: string
  storedAt: number
  /** A file a person brought is believed less: what the source itself says of that day takes its place. */
  from: 'line' | 'file'
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

/** One thing that happened to an entity: a link of the journal. `what` is a key under `activity:` in locales. */
export interface Activity extends JournalEntry {
  id: ActivityId
  connectionId: ConnectionId | ''
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
  /** A person has seen it; it stays put away while it comes back with the same reason. */
  dismissedAt?: number
}

/** What the remote last said of an entity, exactly as the connector mapped it. */
export interface Shadow {
  /** `order:<orderId>` */
  entityKey: string
  value: unknown
  remoteUpdatedAt: number
}

/** An order as stored: with what its indexes need beside it. */
export interface StoredOrder extends Order {
  /** Its SKUs while customs facts still matter to it (not yet sent, not cancelled); empty afterwards. */
  openSkus: string[]
}

/** Which orders one transaction changed or removed, by a number that counts up (repos/order-changes.repo.ts). */
export interface OrderChange {
  seq: number
  ids: OrderId[]
}

/** A part of the index over all orders, as the worker last wrote it; made anew from the slim rows whenever it does not fit. */
export interface IndexPart {
  key: string
  bytes: Uint8Array
}

/** A saved view, or how the columns of a queue are arranged. */
export type ViewRecord = SavedView | QueueColumns

/** A product as stored. */
export interface StoredProduct extends Product {
  /** 1 while a customs fact is missing, 2 of a bundle; a number because IndexedDB does not index booleans. */
  incomplete: 0 | 1 | 2
}

/** A count that is kept in the transaction of what it counts: `<queue>` or `<connectionId>:<queue>`. */
export interface Counter {
  key: string
  count: number
}

/** An address, what its server said of the file, and when it was last asked. */
export interface FileOrigin {
  /** Of the list that comes with the app. */
  address: string
  /** '' where it said nothing. */
  etag: string
  lastModified: string
  checkedAt: number
}

/** Reference data that a person brought, in force while it is here; and rules of shops for listings. */
export interface ReferenceFile {
  /** `destination-rules`; of another kind, or of its parts, whatever tells them apart. */
  id: string
  kind: 'destination-rules' | 'nomenclature' | 'duties' | 'listing-rules'
  /** What the file was called, or the rules. */
  name: string
  importedAt: number
  /** Of the text. */
  sha256: string
  /** Where it was fetched from; absent when a person brought a file. */
  origin?: FileOrigin
  text: string
}
