import type { NomenclatureRow, RawRow, Tariff } from '#core/customs/hs/nomenclature.ts'
import { listJsonRecords } from '#core/customs/hs/read-hts-json.ts'
import { issue } from '#core/shared/issue.ts'
import { readCsv } from '#core/shared/read-csv.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** The largest of the official files has some thirty million characters. */
export const MOST_NOMENCLATURE_CHARACTERS = 60_000_000
const MOST_ROWS = 80_000
const LONGEST_TEXT = 4_000
/** A row with dashes is below every row without. */
const LONGEST_CODE = 12
const DEEPEST = 40

export interface ReadNomenclature {
  rows: NomenclatureRow[]
  /** Lines that were left out. */
  rejected: { line: number; reason: 'hs-not-digits' | 'nomenclature-text-too-long' | 'nomenclature-indent' }[]
}

/** What the columns are called, by tariff; the first that is there counts. */
const COLUMNS: Readonly<Record<Tariff, Readonly<Record<'code' | 'text' | 'indent', readonly string[]>>>> = {
  EU: {
    code: ['cn_code', 'cncode', 'cn code', 'code', 'notation'],
    text: ['name_en', 'description_en', 'name', 'description', 'label', 'preflabel'],
    indent: ['level', 'cn_level', 'indent'],
  },
  GB: {
    code: ['commodity__code', 'commodity code', 'goods_nomenclature_item_id'],
    text: ['commodity__description', 'description'],
    indent: ['commodity__indent', 'indent', 'number_indents'],
  },
  US: { code: ['hts number', 'htsno'], text: ['description'], indent: ['indent'] },
}

/**
 * Reads a full nomenclature: the EU's CN as CSV, the UK tariff's table of commodities as CSV, the US HTS as CSV or JSON. Only codes at the end of a branch are
 * kept, each with what stands above it. One bad line costs that line. Issues: `malformed` nomenclature-too-large, -head, -empty.
 */
export function readNomenclature(text: string, tariff: Tariff): Result<ReadNomenclature> {
  if (text.length > MOST_NOMENCLATURE_CHARACTERS) return refuse('nomenclature-too-large')
  const json = tariff === 'US' && /^\uFEFF?\s*\[/.test(text)
  const raw = json ? listJsonRecords(text) : listCsvRecords(text, tariff)
  if (raw === null) return refuse('nomenclature-head')
  if (raw.length > MOST_ROWS) return refuse('nomenclature-too-large')
  const read = buildRows(raw)
  return read.rows.length === 0 ? refuse('nomenclature-empty') : ok(read)
}

function refuse(reason: string): Result<never> {
  return err(issue('malformed', { reason }))
}

function listCsvRecords(text: string, tariff: Tariff): RawRow[] | null {
  const [head, ...records] = readCsv(text)
  const names = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? []
  const places = COLUMNS[tariff]
  const placeOf = (column: keyof typeof places): number =>
    names.indexOf(places[column].find((name) => names.includes(name)) ?? '')
  const [code, words, indent] = [placeOf('code'), placeOf('text'), placeOf('indent')]
  if (code < 0 || words < 0) return null
  return records.map(({ line, cells }) => {
    const depth = (indent < 0 ? '' : (cells[indent] ?? '')).trim()
    return {
      line,
      code: cells[code] ?? '',
      text: cells[words] ?? '',
      indent: depth === '' ? null : Number(depth),
    }
  })
}

/** A row and what is above it, kept until the next row says whether it is the end of its branch. */
interface Held extends NomenclatureRow {
  depth: number
}

function buildRows(raw: readonly RawRow[]): ReadNomenclature {
  const found = new Map<string, NomenclatureRow>()
  const rejected: ReadNomenclature['rejected'] = []
  let above: Held[] = []
  let last: Held | null = null
  const settle = (next: Held | null): void => {
    if (last === null || last.code.length < 8) return
    if (next !== null && next.depth > last.depth) return
    found.set(last.code, { code: last.code, text: last.text, path: last.path })
  }
  for (const row of raw) {
    const held = understand(row)
    if ('reason' in held) {
      rejected.push(held)
      continue
    }
    above = above.filter(({ depth }) => depth < held.depth)
    held.path = above.map(({ text }) => text)
    settle(held)
    above.push(held)
    last = held
  }
  settle(null)
  return { rows: [...found.values()], rejected }
}

/** The depth is said by the file, else by the dashes before the text, else by the length of the code. */
function understand({ line, code, indent, text }: RawRow): Held | ReadNomenclature['rejected'][number] {
  const digits = code.normalize('NFKC').replace(/[\s.]/g, '')
  if (!/^(?:\d{2,12})?$/.test(digits)) return { line, reason: 'hs-not-digits' }
  if (text.length > LONGEST_TEXT) return { line, reason: 'nomenclature-text-too-long' }
  const [dashes = ''] = /^(?:\s*[-–—]\s*)*/.exec(text) ?? []
  const depth =
    indent ?? (dashes.trim() === '' ? digits.length : dashes.replace(/\s/g, '').length + LONGEST_CODE)
  if (!Number.isInteger(depth) || depth < 0 || depth > DEEPEST) return { line, reason: 'nomenclature-indent' }
  const words = text
    .slice(dashes.length)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return { code: digits, text: words, path: [], depth }
}
