import type { RemoteListingStatus } from '#core/listing/listing.ts'
import type { RemoteStatus } from '#core/order/order.ts'

/** Order states of Vendure's default process, 3.7. Shops may add their own: those are `unknown` and keep the raw word. */
const STATUS_OF_STATE: Readonly<Record<string, RemoteStatus>> = {
  Created: 'awaiting_payment',
  Draft: 'awaiting_payment',
  AddingItems: 'awaiting_payment',
  ArrangingPayment: 'awaiting_payment',
  PaymentAuthorized: 'awaiting_payment',
  PaymentSettled: 'to_ship',
  PartiallyShipped: 'partially_shipped',
  Shipped: 'shipped',
  PartiallyDelivered: 'shipped',
  Delivered: 'delivered',
  Modifying: 'on_hold',
  ArrangingAdditionalPayment: 'on_hold',
  Cancelled: 'cancelled',
}

/** States in which an order is still being put together; a pull leaves them out. */
export const DRAFT_STATES: readonly string[] = ['Created', 'Draft', 'AddingItems', 'ArrangingPayment']

/** Statuses in which a seller still has something to do or to wait for. */
const OPEN: readonly RemoteStatus[] = ['awaiting_payment', 'on_hold', 'to_ship', 'partially_shipped']

/** States of orders that are open at the shop; a shop's own states are not known, so not among them. */
export const OPEN_STATES: readonly string[] = Object.entries(STATUS_OF_STATE)
  .filter(([state, status]) => OPEN.includes(status) && !DRAFT_STATES.includes(state))
  .map(([state]) => state)

export function statusOfState(state: string): RemoteStatus {
  return Object.hasOwn(STATUS_OF_STATE, state) ? (STATUS_OF_STATE[state] ?? 'unknown') : 'unknown'
}

/** Every state that means this status; [] for statuses Vendure does not have. */
export function statesOfStatus(status: RemoteStatus): string[] {
  return Object.keys(STATUS_OF_STATE).filter((state) => STATUS_OF_STATE[state] === status)
}

export const CANCELLED_STATE = 'Cancelled'

/** States in which something of an order is on its way or has arrived. */
export const SENT_STATES: ReadonlySet<string> = new Set([
  'PartiallyShipped',
  'Shipped',
  'PartiallyDelivered',
  'Delivered',
])

/** Fulfilment states, 3.7: Created → Pending → Shipped → Delivered; Cancelled from the last three. */
export const FULFILMENT_SENT: ReadonlySet<string> = new Set(['Shipped', 'Delivered'])
export const FULFILMENT_VOID = 'Cancelled'

/** A product is on sale or it is not; `enabled` is all Vendure says. */
export function statusOfEnabled(enabled: boolean | null): { status: RemoteListingStatus; rawStatus: string } {
  if (enabled === null) return { status: 'unknown', rawStatus: '' }
  return enabled ? { status: 'active', rawStatus: 'enabled' } : { status: 'hidden', rawStatus: 'disabled' }
}

/** Vendure's `LanguageCode` is BCP 47 with an underscore: `zh_Hans`, `pt_BR`. Both ways alike, so any code comes back as it was. */
export function localeOfLanguage(languageCode: string): string {
  return languageCode.replaceAll('_', '-')
}

export function languageOfLocale(locale: string): string {
  return locale.replaceAll('-', '_')
}

/** Whether a variant's pieces are counted; INHERIT asks the shop's own setting. */
export function isCounted(trackInventory: string, shopCounts: boolean): boolean {
  return trackInventory === 'INHERIT' ? shopCounts : trackInventory !== 'FALSE'
}
