import type { Tariff } from '#core/customs/hs/nomenclature.ts'
import type { TariffColumns } from '#core/customs/hs/tariff-columns.ts'
import type { RejectedRow } from '#core/customs/hs/tariff-rows.ts'
import type { Result } from '#core/shared/result.ts'
import type { FileOrigin } from '#renderer/data/records.ts'

/** A tariff file as a person chose it. */
export interface TariffFile {
  name: string
  bytes: Blob
  /** What a person said of its columns; null: by its first line. */
  columns: TariffColumns | null
}

/** Bytes of a tariff as they come, from a file or from an address. */
export interface TariffSource {
  name: string
  /** Bytes; null where nobody said. */
  size: number | null
  columns: TariffColumns | null
  /** The next piece; null at the end. */
  next: () => Promise<Result<Uint8Array | null>>
  /** What it is called when it is asked for again. */
  origin?: FileOrigin
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
