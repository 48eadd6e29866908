import type { Money } from '#core/money/money.ts'

export const CUSTOMS_CATEGORIES = ['gift', 'documents', 'sample', 'sale', 'returned', 'other'] as const
export type CustomsCategory = (typeof CUSTOMS_CATEGORIES)[number]

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

/** The single source for CN 22, CN 23 and carriers' customs fields. */
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
}
