import type { CustomsCategory, Incoterm, NonDelivery } from '#core/customs/declaration.ts'
import type { AccountCustoms } from '#core/customs/merge-customs.ts'
import type { Travel } from '#core/customs/rules/charges.ts'
import type { SellerId } from '#core/customs/tax-ids/seller-id.ts'

/** What a person decides once about reckoning duty and tax; part of the desk's settings. */
export interface CustomsChoices {
  /** Rows of low standing that count all the same, by id, with the moment at which a person said so (epoch ms). */
  trusted: Readonly<Record<string, number>>
  /** Carriers' fees for clearing count. */
  handling: boolean
  /** How parcels travel; null while nobody has said. */
  travels: Travel | null
  /** Whether parcels go under a tax office's scheme (VOEC, CH-VAT…), by its name; absent: nobody has said. */
  schemes: Readonly<Record<string, boolean>>
  /** Facts of all goods until a product or an order line says otherwise; absent: none. */
  defaults?: AccountCustoms | undefined
  /** What holds for all parcels; absent: {@link USUAL_PARCEL}. */
  parcel?: ParcelDefaults | undefined
  /** The seller's tax ids, without their numbers; absent: none. */
  taxIds?: readonly SellerId[] | undefined
}

/** What is declared of every parcel of a desk. */
export interface ParcelDefaults {
  /** The reason of export. */
  category: CustomsCategory
  /** Needed when the category is `other`. */
  explanation: string
  nonDelivery: NonDelivery
  /** '' where nobody asks. */
  incoterm: Incoterm | ''
}

export const USUAL_PARCEL: ParcelDefaults = {
  category: 'sale',
  explanation: '',
  nonDelivery: 'return',
  incoterm: '',
}

export const NO_CHOICES: CustomsChoices = { trusted: {}, handling: false, travels: null, schemes: {} }
