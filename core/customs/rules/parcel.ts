import type { Money } from '#core/money/money.ts'
import type { TariffDuty } from '#core/customs/hs/tariff-duty.ts'
import type { Travel } from '#core/customs/rules/charges.ts'

/** Goods of one kind in a parcel. */
export interface ParcelLine {
  /** Tariff code, digits; '' while unknown. */
  hs6: string
  /** ISO 3166-1 alpha-2; '' while unknown. */
  origin: string
  quantity: number
  /** All pieces. */
  value: Money
  /** Duty of the destination's tariff for this code and origin, as a share; null while nobody looked it up. */
  dutyRate: string | null
  /** The row of an imported tariff that says so; absent where a person did, or nobody. */
  dutyFrom?: TariffDuty | undefined
}

/** What rules are picked by, and charges reckoned from. */
export interface RuledParcel {
  /** ISO 3166-1 alpha-2. */
  destination: string
  postcode: string
  /** Country it is sent from; '' while unknown. */
  sentFrom: string
  /** Null while unknown. */
  travels: Travel | null
  /** Whether it goes under a scheme of a tax office (IOSS, VOEC…), by its name; absent: nobody has said. */
  schemes: Readonly<Record<string, boolean>>
  /** ISO day of shipment: the rules of that day count, not of today. */
  shipOn: string
  lines: readonly ParcelLine[]
  /** What is paid for carrying it; null while unknown. */
  freight: Money | null
  /** 0 while unknown. */
  grossGrams: number
}
