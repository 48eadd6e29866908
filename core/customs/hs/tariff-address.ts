import { TARIFFS, type Tariff } from '#core/customs/hs/nomenclature.ts'

export type TariffContent = 'codes' | 'duties'

/** Where a tariff, or a part of it, can be fetched from whoever publishes it. */
export interface TariffAddress {
  id: string
  tariff: Tariff
  holds: readonly TariffContent[]
  /** https. */
  url: string
  /** What is larger is not it. */
  mostBytes: number
  /** A page for people about it. */
  source: string
  /** ISO day on which the address was last found named. */
  checkedOn: string
}

/** An entry of `resources/tariff-addresses.json` as it stands there. */
type AddressRow = Omit<TariffAddress, 'tariff' | 'holds'> & { tariff: string; holds: readonly string[] }

/** The addresses of the list; a row that is not well made is a mistake of this build, and throws. */
export function readTariffAddresses(rows: readonly AddressRow[]): TariffAddress[] {
  return rows.map(({ tariff: named, holds, ...row }) => {
    const tariff = TARIFFS.find((each) => each === named)
    const isWhole = tariff !== undefined && row.url.startsWith('https://') && holds.every(isContent)
    if (!isWhole) throw new Error(`tariff address ${row.id}`)
    return { ...row, tariff, holds: holds.filter(isContent) }
  })
}

function isContent(value: string): value is TariffContent {
  return value === 'codes' || value === 'duties'
}
