import type { Address } from '#core/address/address.ts'
import type { CustomsCategory } from '#core/customs/declaration.ts'
import type { Money } from '#core/money/money.ts'

/** Somebody an invoice names; an empty number is not printed. */
export interface InvoiceParty {
  address: Address
  vat: string
  eori: string
  /** With what it is called, e.g. `IOSS IM0000000000`. */
  taxId: string
}

export interface InvoiceLine {
  sku: string
  description: string
  descriptionLocal: string
  /** Code of the exporting country; that of the importing one only where it is another. */
  hs: string
  hsImport: string
  origin: string
  quantity: number
  /** e.g. `pcs`. */
  unit: string
  unitValue: Money
  /** Of the whole line. */
  value: Money
  netGrams: number
  /** Null when only the parcel was weighed. */
  grossGrams: number | null
}

/** Everything a commercial or proforma invoice says. */
export interface InvoiceInput {
  orderNumber: string
  proforma: boolean
  invoiceNo: string
  /** ISO date. */
  issuedOn: string
  /** May be empty. */
  tracking: string
  shipper: InvoiceParty
  /** Null where it is the shipper. */
  seller: InvoiceParty | null
  shipTo: InvoiceParty
  /** Null where it is who it is shipped to. */
  buyer: InvoiceParty | null
  importer: InvoiceParty | null
  shipperReference: string
  receiverReference: string
  reason: CustomsCategory
  /** e.g. `DAP`, and the place that belongs to it. */
  incoterm: string
  incotermPlace: string
  currency: string
  lines: readonly InvoiceLine[]
  /** Taken off; a positive amount. */
  discount: Money | null
  freight: Money | null
  insurance: Money | null
  otherCharges: Money | null
  total: Money
  packages: number
  netGrams: number
  grossGrams: number
  /** US exports: exemption or filing number. */
  exportReference: string
  /** A statement of preferential origin in full, or empty. */
  originStatement: string
  signer: string
  place: string
  /** ISO date. */
  signedOn: string
  draft: boolean
}
