import type { Tariff } from '#core/customs/hs/nomenclature.ts'

/** What a column can hold. `language`, `measure` and `area` choose among rows. */
export const TARIFF_FIELDS = ['code', 'text', 'indent', 'duty', 'language', 'measure', 'area'] as const
export type TariffField = (typeof TARIFF_FIELDS)[number]

/** Where in a row to find what, from 0; absent where the file does not have it. */
export interface TariffColumns {
  tariff: Tariff
  places: Readonly<Partial<Record<TariffField, number>>>
}

interface KnownFile {
  tariff: Tariff
  /** Columns by which it is known; all have to be there. */
  marks: readonly string[]
  names: Readonly<Partial<Record<TariffField, readonly string[]>>>
}

/**
 * Official files by the names of their columns, as several public programs that read them name them (looked up 2026-11-23; the files themselves were
 * not at hand):
 * - EU, TARIC exports of CIRCABC ("Nomenclature EN", "Duties Import", saved as CSV): `Hier. Pos.`, `Indent` in dashes, goods codes with a suffix
 *   (`0101210000 80`), duties with `Origin code` 1011 (erga omnes) and `Meas. type code` 103 (third country duty), some headings after a blank.
 * - GB, https://data.api.trade.gov.uk "uk-tariff-2021-01-01": tables `commodities-report` and `measures-on-declarable-commodities`.
 * - US, HTS of https://hts.usitc.gov, export as CSV (`HTS Number`, `General Rate of Duty`) or as JSON (`htsno`, `general`).
 * Not proved, and only likely: the names of a Combined Nomenclature with one line a code (`CN_CODE`…), `goods_nomenclature_item_id`. Whatever is not known here,
 * a person can name.
 */
const FILES: readonly KnownFile[] = [
  {
    tariff: 'US',
    marks: ['hts number'],
    names: {
      ...{ code: ['hts number'], text: ['description'], indent: ['indent'] },
      duty: ['general rate of duty'],
    },
  },
  {
    tariff: 'US',
    marks: ['htsno'],
    names: { code: ['htsno'], text: ['description'], indent: ['indent'], duty: ['general'] },
  },
  {
    tariff: 'GB',
    marks: ['commodity__code'],
    names: {
      ...{ code: ['commodity__code'], text: ['commodity__description'] },
      ...{ indent: ['commodity__indent', 'commodity__indents'], duty: ['measure__duty_expression'] },
      ...{ measure: ['measure__type__id'], area: ['measure__geographical_area__id'] },
    },
  },
  {
    tariff: 'GB',
    marks: ['goods_nomenclature_item_id'],
    names: {
      ...{ code: ['goods_nomenclature_item_id'], text: ['description'] },
      indent: ['number_indents', 'indent'],
    },
  },
  {
    tariff: 'EU',
    marks: ['goods code'],
    names: {
      ...{ code: ['goods code'], text: ['description'], indent: ['indent'], duty: ['duty'] },
      ...{ language: ['language'], measure: ['meas. type code'], area: ['origin code'] },
    },
  },
  ...['cn_code', 'cn code', 'cncode', 'cn8', 'cn8_code'].map((mark): KnownFile => ({
    tariff: 'EU',
    marks: [mark],
    names: {
      ...{ code: [mark], text: ['name_en', 'description_en', 'name', 'description', 'label', 'preflabel'] },
      ...{
        indent: ['level', 'cn_level', 'indent'],
        duty: ['conventional rate of duty', 'third country duty'],
      },
    },
  })),
]

/** The columns of a file by its first line; null when it is none that is known, and a person has to say. */
export function recognizeColumns(head: readonly string[]): TariffColumns | null {
  const names = head.map((cell) =>
    cell
      .replace(/^\uFEFF/, '')
      .trim()
      .toLowerCase(),
  )
  const known = FILES.find(({ marks }) => marks.every((mark) => names.includes(mark)))
  if (known === undefined) return null
  const places: Partial<Record<TariffField, number>> = {}
  for (const field of TARIFF_FIELDS) {
    const name = known.names[field]?.find((each) => names.includes(each))
    if (name !== undefined) places[field] = names.indexOf(name)
  }
  return isEnough({ tariff: known.tariff, places }) ? { tariff: known.tariff, places } : null
}

/** A code, and something about it. */
export function isEnough({ places }: TariffColumns): boolean {
  return places.code !== undefined && (places.text !== undefined || places.duty !== undefined)
}
