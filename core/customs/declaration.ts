import type { UsedRate } from '#core/money/fx.ts'
import type { Money } from '#core/money/money.ts'

export const CUSTOMS_CATEGORIES = ['gift', 'documents', 'sample', 'sale', 'returned', 'other'] as const
export type CustomsCategory = (typeof CUSTOMS_CATEGORIES)[number]

/** Incoterms 2020. */
export const INCOTERMS = [
  'EXW',
  'FCA',
  'CPT',
  'CIP',
  'DAP',
  'DPU',
  'DDP',
  'FAS',
  'FOB',
  'CFR',
  'CIF',
] as const
export type Incoterm = (typeof INCOTERMS)[number]

/** What becomes of a parcel that cannot be delivered. */
export const NON_DELIVERIES = ['return', 'abandon'] as const
export type NonDelivery = (typeof NON_DELIVERIES)[number]

/** Numbers that tax offices give, of the seller or of who receives. */
export const TAX_ID_KINDS = [
  'ioss',
  'voec',
  'arn',
  'gst',
  'uid',
  'ovr',
  'lrn',
  'eori',
  'vat',
  'pccc',
  'cpf-cnpj',
  'rfc-curp',
  'national-id',
] as const
export type TaxIdKind = (typeof TAX_ID_KINDS)[number]

/** That a number travels with the parcel. The number itself is never here: a declaration is stored and printed. */
export interface DeclaredTaxId {
  party: 'sender' | 'recipient'
  kind: TaxIdKind
  /** ISO 3166-1 alpha-2 of the office that gave it; '' while unknown. */
  country: string
  /** Its place in the vault; absent where the order or nobody here has it. */
  id?: string | undefined
  /** It is to stand on papers. */
  printed?: boolean | undefined
}

/** One printed row of a declaration; values and weights are totals of the row, not of one piece. */
export interface DeclarationLine {
  sku: string
  quantity: number
  description: string
  descriptionLocal: string
  hs6: string
  origin: string
  netGrams: number
  value: Money
}

/** What larger papers and carriers want to know beside the goods; an empty text is left blank. */
export interface DeclarationParticulars {
  incoterm: Incoterm | ''
  incotermPlace: string
  nonDelivery: NonDelivery
  invoiceNo: string
  licenceNo: string
  certificateNo: string
  /** e.g. goods subject to quarantine. */
  comments: string
  /** US exports: exemption or filing number (EEL, PFC, ITN). */
  exportReference: string
  taxIds: DeclaredTaxId[]
  freight: Money | null
  insurance: Money | null
}

/** By what amounts of a currency were converted to that of the declaration. */
export interface DeclaredRate extends UsedRate {
  currency: string
}

/** The single source for CN 22, CN 23, invoices and carriers' customs fields. */
export interface Declaration {
  category: CustomsCategory
  /** Needed when the category is `other`. */
  explanation: string
  currency: string
  lines: DeclarationLine[]
  /** Weight of the whole parcel. */
  grossGrams: number
  total: Money
  /** Typed name of the person who certifies, and the ISO date printed beside it. */
  signer: string
  signedOn: string
  /** e.g. an IOSS number, only when the service asks for it on paper. */
  senderTaxReference: string
  /** Absent on shipments from before it was kept, and where nobody asks. */
  particulars?: DeclarationParticulars | undefined
  /** The rates of the day, one per currency; absent when nothing was converted. */
  ratesUsed?: DeclaredRate[] | undefined
}
