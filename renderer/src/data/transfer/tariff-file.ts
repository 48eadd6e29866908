import type { Tariff } from '#core/customs/hs/nomenclature.ts'
import type { TariffColumns } from '#core/customs/hs/tariff-columns.ts'
import type { RejectedRow } from '#core/customs/hs/tariff-rows.ts'

/** A tariff file as a person chose it. */
export interface TariffFile {
  name: string
  bytes: Blob
  /** What a person said of its columns; null: by its first line. */
  columns: TariffColumns | null
}

/** What came in. */
export interface ImportedTariff {
  tariff: Tariff
  codes: number
  duties: number
  /** Lines that were left out; the first of them by name. */
  left: number
  rejected: RejectedRow[]
}
