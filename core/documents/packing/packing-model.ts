import type { Address } from '#core/address/address.ts'
import type { Money } from '#core/money/money.ts'

export interface PackingLine {
  sku: string
  title: string
  /** In English, where the title is not; may be empty. */
  titleEn: string
  /** e.g. `blue, M`; may be empty. */
  variant: string
  quantity: number
  bin: string
  /** Of the whole line; null where the buyer's price is not known. */
  price: Money | null
}

/** Everything a packing slip says. */
export interface PackingSlipInput {
  orderNumber: string
  shopName: string
  /** ISO date; may be empty. */
  shipOn: string
  shipTo: Address
  lines: readonly PackingLine[]
  /** False for parcels that may be gifts: then no amount is on the paper. */
  withPrices: boolean
  /** Null without prices. */
  total: Money | null
  /** From the seller to the buyer; may be empty. */
  note: string
  /** Printed as a QR code; may be empty. */
  returnsUrl: string
  draft: boolean
}

/** One order of a batch and where its goods are put. */
export interface PickOrder {
  orderNumber: string
  /** Compartment of the trolley, e.g. `A1`. */
  slot: string
  /** ISO 3166-1 alpha-2. */
  destination: string
  lines: readonly PackingLine[]
}

/** Everything a pick list of a batch says. */
export interface PickListInput {
  batchName: string
  /** ISO date; may be empty. */
  madeOn: string
  orders: readonly PickOrder[]
}
