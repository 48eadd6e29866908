import type { Address } from '#core/address/address.ts'
import type { Declaration } from '#core/customs/declaration.ts'
import type { Money } from '#core/money/money.ts'

/** Everything a CN 23 says; what is empty is left blank on the form. */
export interface Cn23Input {
  orderNumber: string
  /** The post, e.g. `China Post`. */
  operator: string
  /** Item number; may be empty. */
  tracking: string
  /** With a phone number. */
  from: Address
  to: Address
  /** `senderTaxReference` goes to the sender's customs reference. */
  declaration: Declaration
  /** Tax code, VAT number or importer code of who receives. */
  importerReference: string
  /** Phone, fax or e-mail of the importer where it is not the recipient. */
  importerContact: string
  /** What the sender paid; null leaves it blank. */
  postalCharges: Money | null
  /** Office of origin and date of posting. */
  posting: string
  /** e.g. goods subject to quarantine. */
  comments: string
  licenceNo: string
  certificateNo: string
  invoiceNo: string
  draft: boolean
}
