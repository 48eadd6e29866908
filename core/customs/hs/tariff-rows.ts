import type { DutyRow, NomenclatureRow, RawRow } from '#core/customs/hs/nomenclature.ts'

const LONGEST_TEXT = 4_000
const LONGEST_DUTY = 300
/** A row with dashes is below every row without. */
const LONGEST_CODE = 12
const DEEPEST = 60

export interface RejectedRow {
  line: number
  reason: 'hs-not-digits' | 'nomenclature-text-too-long' | 'nomenclature-indent' | 'nomenclature-record'
}

/** A row and what is above it, kept until the next row says whether it is the end of its branch. */
interface Held extends NomenclatureRow {
  depth: number
}

/** Puts the lines of a tariff together as they come: codes at the ends of branches with what stands above them, and what they cost. */
export class TariffRows {
  readonly rejected: RejectedRow[] = []
  #above: Held[] = []
  #last: Held | null = null
  #duty: DutyRow | null = null
  readonly #seen = new Set<string>()
  readonly #charged = new Set<string>()

  /** `hasNames`: the rows are a tree of goods, and not only what they cost. */
  constructor(private readonly hasNames: boolean) {}

  add(row: RawRow): { rows: NomenclatureRow[]; duties: DutyRow[] } {
    const held = understand(row)
    if ('reason' in held) {
      this.rejected.push(held)
      return { rows: [], duties: [] }
    }
    const duties = this.#charge(held.code, row.duty.trim())
    if (!this.hasNames) return { rows: [], duties }
    this.#above = this.#above.filter(({ depth }) => depth < held.depth)
    held.path = this.#above.map(({ text }) => text)
    const rows = this.#settle(held)
    this.#above.push(held)
    this.#last = held
    return { rows, duties }
  }

  end(): { rows: NomenclatureRow[]; duties: DutyRow[] } {
    return { rows: this.#settle(null), duties: this.#duty === null ? [] : [this.#duty] }
  }

  #settle(next: Held | null): NomenclatureRow[] {
    const last = this.#last
    if (last === null || last.code.length < 8 || this.#seen.has(last.code)) return []
    if (next !== null && next.depth > last.depth) return []
    this.#seen.add(last.code)
    return [{ code: last.code, text: last.text, path: last.path }]
  }

  /** Two different duties of one code, as by date or use, are both told: neither can be reckoned with. */
  #charge(code: string, text: string): DutyRow[] {
    if (code.length < 4 || text === '' || text.length > LONGEST_DUTY) return []
    const key = code.slice(0, 10).padEnd(10, '0')
    if (this.#duty?.code === key) {
      if (!this.#duty.text.split(' / ').includes(text)) this.#duty.text += ` / ${text}`
      return []
    }
    const before = this.#duty
    this.#duty = this.#charged.has(key) ? null : { code: key, text }
    this.#charged.add(key)
    return before === null ? [] : [before]
  }
}

/** The depth is said by the file, else by the dashes before the text, else by the length of the code. */
function understand({ line, code, indent, text }: RawRow): Held | RejectedRow {
  const digits = code.normalize('NFKC').replace(/[\s.]/g, '')
  if (!/^(?:\d{2,12})?$/.test(digits)) return { line, reason: 'hs-not-digits' }
  if (text.length > LONGEST_TEXT) return { line, reason: 'nomenclature-text-too-long' }
  const [dashes = ''] = /^(?:\s*[-–—]\s*)*/.exec(text) ?? []
  const depth =
    indent ?? (dashes.trim() === '' ? depthOf(digits) : dashes.replace(/\s/g, '').length + LONGEST_CODE)
  if (!Number.isInteger(depth) || depth < 0 || depth > DEEPEST) return { line, reason: 'nomenclature-indent' }
  const words = text
    .slice(dashes.length)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return { code: digits, text: words, path: [], depth }
}

/** Where every code has ten digits, the zeros at its end are no depth. */
function depthOf(digits: string): number {
  return digits.length === 10 ? Math.max(2, digits.replace(/(?:00)+$/, '').length) : digits.length
}
