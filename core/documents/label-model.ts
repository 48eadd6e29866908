import type { Address } from '#core/address/address.ts'
import type { Declaration } from '#core/customs/declaration.ts'

/** One thing to take from a shelf for this parcel. */
export interface PickLine {
  sku: string
  title: string
  quantity: number
  bin?: string | undefined
}

/** Everything a postal label says. */
export interface LabelInput {
  orderNumber: string
  /** As the post calls it, e.g. `REGISTERED PACKET`. */
  serviceName: string
  /** e.g. `PRIORITAIRE / 航空`; empty for none. */
  priorityMark: string
  from: Address
  to: Address
  /** S10 item number without spaces; may be empty on a draft. */
  tracking: string
  /** Null where no customs declaration is due; the picking list then takes its place. */
  declaration: Declaration | null
  pickLines: readonly PickLine[]
  grossGrams: number
  /** Outer size of the parcel; null when nobody measured it. */
  sizeMm: { length: number; width: number; height: number } | null
  /** A draft is not valid for postage: it is marked across and has no barcode. */
  draft: boolean
}
