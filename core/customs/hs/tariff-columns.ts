import type { Tariff } from '#core/customs/hs/nomenclature.ts'

/** What a column can hold. `language`, `measure`, `area` and `until` choose among rows; `sid`, `parent`, `suffix` and `since` make a tree of them. */
export const TARIFF_FIELDS = [
  ...(['code', 'text', 'indent', 'duty', 'language', 'measure', 'area', 'until'] as const),
  ...(['sid', 'parent', 'suffix', 'since'] as const),
] as const
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

/** Official files by the names of their columns; what is known of each, and from where, is in README.md. */
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
      ...{ until: ['commodity__validity_end', 'measure__effective_end_date'] },
      ...{ sid: ['commodity__sid'], parent: ['parent__sid'], suffix: ['commodity__suffix'] },
      since: ['commodity__validity_start'],
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
      code: [mark],
      text: [...['selftext_en', 'name_en', 'description_en', 'name', 'description', 'label', 'preflabel']],
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
