import { JsonRecords } from '#core/customs/hs/json-records.ts'
import type { DutyRow, NomenclatureRow, RawRow, Tariff } from '#core/customs/hs/nomenclature.ts'
import { recognizeColumns, type TariffColumns, type TariffField } from '#core/customs/hs/tariff-columns.ts'
import { orderTree, type TreeRow } from '#core/customs/hs/tariff-tree.ts'
import { TariffRows, type RejectedRow } from '#core/customs/hs/tariff-rows.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { CsvReader, type CsvRecord } from '#core/shared/read-csv.ts'

/** Measures of all declarable goods of the UK are some 360 MB; nothing official is larger. */
export const MOST_TARIFF_BYTES = 600_000_000
const MOST_CODES = 150_000

export interface TariffPiece {
  rows: NomenclatureRow[]
  duties: DutyRow[]
}

/** Third country duty, and goods from anywhere: what a tariff asks without an agreement. The EU and the UK count alike. */
const THIRD_COUNTRY = '103'
const ANYWHERE = '1011'

/**
 * Reads a tariff file piece by piece, so that none of it has to be held: names of codes, what they cost, or both. CSV by its columns, the US HTS as JSON too. A
 * line that is damaged costs itself and is named. Issues, when the file as a whole is none: `malformed` nomenclature-head, -empty, -cut-off, -too-large.
 */
export class TariffReader {
  #columns: TariffColumns | null
  #rows: TariffRows | null = null
  #csv: CsvReader | null = null
  #json: JsonRecords | null = null
  #isFirst = true
  /** Rows of a file that names the one above each of them: only at its end is their order known. */
  #tree: TreeRow[] | null = null
  #count = 0
  #language: string | null = null
  #issue: Issue | null = null

  /**
   * `columns` are what a person said of a file whose first line is not known; null: by its first line. `day` is an ISO day: what was over
   * before it is left out.
   */
  constructor(
    columns: TariffColumns | null = null,
    private readonly day = '',
  ) {
    this.#columns = columns
  }

  /** Why the file is none; null while it may be one. */
  get issue(): Issue | null {
    return this.#issue
  }

  get tariff(): Tariff {
    return this.#columns?.tariff ?? 'US'
  }

  get rejected(): readonly RejectedRow[] {
    return this.#rows?.rejected ?? []
  }

  push(text: string): TariffPiece {
    if (this.#issue !== null || text === '') return { rows: [], duties: [] }
    if (this.#csv === null && this.#json === null) this.#open(text)
    return this.#take(
      this.#json ? this.#fromJson(this.#json.push(text)) : this.#fromCsv(this.#csv?.push(text) ?? []),
    )
  }

  end(): TariffPiece {
    if (this.#issue !== null) return { rows: [], duties: [] }
    const last = this.#take(
      this.#json ? this.#fromJson(this.#json.end()) : this.#fromCsv(this.#csv?.end() ?? []),
    )
    if (this.#tree !== null) {
      const { rows, duties } = this.#take(orderTree(this.#tree, this.day))
      last.rows.push(...rows)
      last.duties.push(...duties)
    }
    if (this.#issue === null && this.#json?.isWhole === false) this.#refuse('nomenclature-cut-off')
    if (this.#issue === null && this.#rows === null) this.#refuse('nomenclature-head')
    const { rows, duties } = this.#rows?.end() ?? { rows: [], duties: [] }
    this.#count += rows.length + duties.length
    if (this.#issue === null && this.#count === 0) this.#refuse('nomenclature-empty')
    return { rows: [...last.rows, ...rows], duties: [...last.duties, ...duties] }
  }

  #open(text: string): void {
    if (/^\uFEFF?\s*\[/.test(text)) this.#json = new JsonRecords()
    else this.#csv = new CsvReader()
  }

  #take(raw: readonly RawRow[]): TariffPiece {
    const piece: TariffPiece = { rows: [], duties: [] }
    for (const each of raw) {
      const added = this.#rows?.add(each)
      piece.rows.push(...(added?.rows ?? []))
      piece.duties.push(...(added?.duties ?? []))
    }
    this.#count += piece.rows.length + piece.duties.length
    if (this.#count > 2 * MOST_CODES) this.#refuse('nomenclature-too-large')
    return piece
  }

  #refuse(reason: string): void {
    this.#issue = issue('malformed', { reason })
  }

  #fromCsv(records: readonly CsvRecord[]): RawRow[] {
    return records.flatMap((record) => {
      if (!this.#isFirst) return this.#ordered(record)
      this.#isFirst = false
      this.#columns ??= recognizeColumns(record.cells)
      if (this.#columns === null) this.#refuse('nomenclature-head')
      else this.#begin()
      return []
    })
  }

  #begin(): void {
    // Rows of measures are of no order and have no groups: they say what codes cost.
    const hasNames = this.#placeOf('text') !== undefined && this.#placeOf('measure') === undefined
    this.#rows = new TariffRows(hasNames)
    if (hasNames && this.#placeOf('parent') !== undefined) this.#tree = []
  }

  #ordered({ line, cells }: CsvRecord): RawRow[] {
    const cell = (field: TariffField): string => this.#cell(cells, field)
    const raw = this.#rawOf(line, cell)
    if (raw === null || this.#tree === null) return raw === null ? [] : [raw]
    this.#tree.push({
      ...{ ...raw, sid: cell('sid'), parent: cell('parent') },
      ...{ suffix: cell('suffix'), since: cell('since'), until: cell('until') },
    })
    if (this.#tree.length > 2 * MOST_CODES) this.#refuse('nomenclature-too-large')
    return []
  }

  /** `#NA` is how the UK writes that there is none. */
  #cell(cells: readonly string[], field: TariffField): string {
    const text = (cells[this.#placeOf(field) ?? -1] ?? '').trim()
    return text === '#NA' ? '' : text
  }

  #placeOf(field: TariffField): number | undefined {
    return this.#columns?.places[field]
  }

  #rawOf(line: number, cell: (field: TariffField) => string): RawRow | null {
    if (this.#placeOf('measure') !== undefined && cell('measure') !== THIRD_COUNTRY) return null
    if (this.#placeOf('area') !== undefined && cell('area') !== ANYWHERE) return null
    if (this.#placeOf('measure') !== undefined && cell('until') !== '' && cell('until') < this.day)
      return null
    this.#language ??= cell('language')
    if (cell('language') !== this.#language) return null
    // Goods codes of TARIC end with a suffix that tells groups from goods.
    const code = cell('code').replace(/^(\d{10})\s\d{2}$/, '$1')
    return { line, code, text: cell('text'), duty: cell('duty'), indent: this.#depthOf(code, cell('indent')) }
  }

  /** As a number, or in dashes below chapter and heading. */
  #depthOf(code: string, indent: string): number | null {
    if (this.#placeOf('indent') === undefined) return null
    if (/^[-–—\s]*$/.test(indent)) {
      if (indent === '' && !/^\d{10}$/.test(code)) return null
      return indent.replace(/\s/g, '').length + (/0{8}$/.test(code) ? 0 : 1)
    }
    return Number(indent)
  }

  #fromJson(records: ReturnType<JsonRecords['push']>): RawRow[] {
    return records.flatMap(({ line, value }) => {
      const raw = htsRow(line, value)
      if (this.#isFirst && raw === null) this.#refuse('nomenclature-head')
      this.#isFirst = false
      this.#rows ??= new TariffRows(true)
      if (raw === null) this.#rows.rejected.push({ line, reason: 'nomenclature-record' })
      return raw ?? []
    })
  }
}

/** A record of the HTS as JSON; null when it is none. */
function htsRow(line: number, value: unknown): RawRow | null {
  if (typeof value !== 'object' || value === null) return null
  const { htsno = '', indent = null, description, general = '' } = value as Record<string, unknown>
  if (typeof htsno !== 'string' || typeof description !== 'string') return null
  return {
    ...{ line, code: htsno, text: description, duty: typeof general === 'string' ? general : '' },
    indent: indent === null || indent === '' ? null : Number(indent),
  }
}
