import type { RemoteStatus } from '#core/order/order.ts'

/** `fulfillmentStatus` of an order → ours (marketplaces.md 5.0). */
const STATUSES: Readonly<Record<string, RemoteStatus>> = {
  PENDING_AVAILABILITY: 'awaiting_payment',
  PENDING: 'awaiting_payment',
  UNSHIPPED: 'to_ship',
  PARTIALLY_SHIPPED: 'partially_shipped',
  SHIPPED: 'shipped',
  CANCELLED: 'cancelled',
  // Orders that Amazon fulfils and cannot.
  UNFULFILLABLE: 'cancelled',
}

export interface OrderState {
  fulfilment: string
  /** Amazon packs and sends it (FBA). */
  isByAmazon: boolean
  /** The buyer asked for at least one line to be cancelled. */
  isCancelRequested: boolean
  /** Every parcel of it arrived. */
  isDelivered: boolean
}

/** What an order's state means here; `rawStatus` keeps Amazon's word. */
export function statusOf(state: OrderState): { status: RemoteStatus; rawStatus: string } {
  const rawStatus = state.fulfilment
  const known = Object.hasOwn(STATUSES, rawStatus) ? (STATUSES[rawStatus] ?? 'unknown') : 'unknown'
  return { status: refine(known, state), rawStatus }
}

function refine(
  known: RemoteStatus,
  { isByAmazon, isCancelRequested, isDelivered }: OrderState,
): RemoteStatus {
  const isOpen = known === 'to_ship' || known === 'partially_shipped'
  // Nothing of it is for this desk to do.
  if (isOpen && isByAmazon) return 'handed_over'
  if (isOpen && isCancelRequested) return 'cancel_requested'
  return known === 'shipped' && isDelivered ? 'delivered' : known
}

/** `packageStatus` of a parcel that is none any more. */
export const PACKAGE_VOID: ReadonlySet<string> = new Set(['CANCELLED'])

/** `taxRegistrationType` of a buyer's number that customs ask for. */
export const CONSIGNEE_ID_TYPES: ReadonlySet<string> = new Set(['CPF', 'CNPJ'])

/**
 * Carriers that Amazon knows by a code of its own (Seller Central, "Acceptable CarrierCode values"); letters and digits in lower case →
 * the code. Any other is sent as `Other` with its name, which Amazon takes for all.
 */
const CARRIER_CODES: Readonly<Record<string, string>> = {
  fourpx: '4PX',
  '4px': '4PX',
  australiapost: 'Australia Post',
  bpost: 'BPost',
  canadapost: 'Canada Post',
  chinapost: 'China Post',
  chronopost: 'Chronopost',
  colissimo: 'Colissimo',
  correos: 'Correos',
  deutschepost: 'Deutsche Post',
  dhl: 'DHL',
  dhlecommerce: 'DHL eCommerce',
  dhlexpress: 'DHL',
  dpd: 'DPD',
  evri: 'Evri',
  fedex: 'FedEx',
  gls: 'GLS',
  japanpost: 'Japan Post',
  laposte: 'La Poste',
  ontrac: 'OnTrac',
  posteitaliane: 'Poste Italiane',
  postnl: 'PostNL',
  postnord: 'PostNord',
  royalmail: 'Royal Mail',
  sagawa: 'SAGAWA',
  seur: 'Seur',
  sfexpress: 'SF Express',
  singaporepost: 'Singapore Post',
  swisspost: 'Swiss Post',
  tnt: 'TNT',
  ups: 'UPS',
  usps: 'USPS',
  yamato: 'YAMATO',
  yanwen: 'YANWEN',
  yunexpress: 'Yun Express',
}

export function carrierOf(carrier: string): { carrierCode: string; carrierName: string } {
  const key = carrier.toLowerCase().replace(/[^a-z0-9]/g, '')
  const known = Object.hasOwn(CARRIER_CODES, key) ? CARRIER_CODES[key] : undefined
  return { carrierCode: known ?? 'Other', carrierName: carrier }
}
