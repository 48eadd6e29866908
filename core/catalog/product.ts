import type { Battery } from '#core/catalog/battery.ts'
import type { ProductId } from '#core/shared/ids.ts'
import type { Money } from '#core/money/money.ts'

/** Tariff codes by the place whose tariff they are of. */
export type NationalCodes = Readonly<Record<string, string>>

/** What customs wants to know of one piece of an item. Null means not known yet. */
export interface ItemCustoms {
  /** Plain description in English or French, as printed on the declaration. */
  description: string
  /** The same in the sender's language; optional on paper. */
  descriptionLocal: string
  /** Harmonised System code of at least six digits, digits only; empty when unknown. */
  hs6: string
  /** Longer codes of some destinations, by country (`US`) or customs union (`EU`), digits only; absent: none. */
  national?: NationalCodes | undefined
  /** Edition of the nomenclature that the codes are of, e.g. `HS2022`; absent: that of the day they were typed. */
  nomenclature?: string | undefined
  /** ISO 3166-1 alpha-2 country of origin; empty when unknown. */
  origin: string
  /** Value of one piece. Null means: use the price the buyer paid. */
  unitValue: Money | null
  /** Net weight of one piece in grams; null when unknown. */
  unitNetGrams: number | null
  /** Whether and how a battery travels with it; absent while nobody has said. */
  battery?: Battery | undefined
  /** The maker's part or model number, as text with its leading zeros; absent when unknown. */
  makerId?: string | undefined
  /** Who answers for it in the EU: name, postal and electronic address (Regulation (EU) 2023/988); absent when unknown. */
  responsible?: string | undefined
}

/** What one bundle holds of a product. */
export interface Contained {
  sku: string
  /** Pieces in one bundle. */
  quantity: number
}

/** One sellable thing, known by its SKU across all channels. */
export interface Product {
  id: ProductId
  sku: string
  /** Title per locale tag, e.g. { en: 'Ceramic mug', de: 'Keramikbecher' }. */
  titles: Record<string, string>
  customs: ItemCustoms
  /** EAN, UPC, ISBN… as scanned; absent when none is known. */
  barcodes?: string[] | undefined
  /** What one piece costs the seller; absent while unknown, which is not 0. */
  cost?: Money | undefined
  /** Shelf or bin it lies in here, as people call it; absent when unknown. */
  bin?: string | undefined
  /** What one piece of it holds, for customs: then its parts are declared, not itself. Absent: it is no bundle. */
  contains?: Contained[] | undefined
  updatedAt: number
}
