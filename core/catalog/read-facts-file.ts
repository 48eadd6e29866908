import { checkContents, readContents } from '#core/catalog/contents.ts'
import type { Contained } from '#core/catalog/product.ts'
import { checkFacts, splitBarcodes, type ProductFacts } from '#core/catalog/product-facts.ts'
import { parseMoney } from '#core/money/parse-money.ts'
import { readCsv } from '#core/shared/read-csv.ts'

export const FACT_COLUMNS = ['sku', 'cost', 'currency', 'barcodes', 'bin', 'contains'] as const
export type FactColumn = (typeof FACT_COLUMNS)[number]

/** What a line says of a SKU; what it does not say stays as it is. */
export interface FactsLine extends Partial<ProductFacts> {
  line: number
  sku: string
  /** What it holds, checked as far as the line alone can say. */
  contains?: Contained[]
}

/** A line that cannot be taken; `reason` is said by `issues:reason.…`, with `text` as it stands there. */
export interface FactsProblem {
  line: number
  field: FactColumn
  reason: string
  text: string
}

export interface ReadFacts {
  lines: FactsLine[]
  problems: FactsProblem[]
}

/** Of what is shown of a cell. */
export const LONGEST_TEXT = 60
const FACTS = ['cost', 'barcodes', 'bin', 'contains'] as const

/**
 * Reads a file of costs, barcodes, bins and contents of bundles: `sku,cost,currency,barcodes,bin,contains` with these words in the first line, in
 * any order; other columns are left alone. An amount has a point and no groups, contents are `MUG*2; LID*1`. One bad line costs that line; of a
 * SKU that comes twice, the second.
 */
export function readFactsFile(text: string): ReadFacts {
  const [head, ...records] = readCsv(text)
  const found: ReadFacts = { lines: [], problems: [] }
  const places = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? []
  const cellOf = (cells: readonly string[], column: FactColumn): string => {
    const place = places.indexOf(column)
    return place < 0 ? '' : (cells[place] ?? '').trim().replace(/^'(?=[=+\-@])/, '')
  }
  if (!places.includes('sku') || !FACTS.some((column) => places.includes(column)))
    return { lines: [], problems: [{ line: 1, field: 'sku', reason: 'facts-head-missing', text: '' }] }
  const seen = new Set<string>()
  for (const { line, cells } of records) {
    const typed = Object.fromEntries(FACT_COLUMNS.map((column) => [column, cellOf(cells, column)]))
    const read = readLine({ ...(typed as Record<FactColumn, string>), line }, seen)
    if ('reason' in read) found.problems.push({ ...read, text: read.text.slice(0, LONGEST_TEXT) })
    else found.lines.push(read)
  }
  return found
}

type Typed = Record<FactColumn, string> & { line: number }

function readLine(typed: Typed, seen: Set<string>): FactsLine | FactsProblem {
  const { line, sku } = typed
  const problem = (field: FactColumn, reason: string): FactsProblem => ({
    ...{ line, field, reason },
    text: typed[field],
  })
  if (sku === '') return problem('sku', 'sku-missing')
  if (seen.has(sku)) return problem('sku', 'sku-twice')
  seen.add(sku)
  if (FACTS.every((column) => typed[column] === '')) return problem('cost', 'facts-empty')
  const cost = typed.cost === '' ? null : parseMoney(typed.cost, typed.currency.toUpperCase())
  if (cost?.ok === false) {
    const reason = cost.error.reason ?? 'amount-invalid'
    return problem(reason === 'currency-unknown' ? 'currency' : 'cost', reason)
  }
  const barcodes = splitBarcodes(typed.barcodes)
  const checked = checkFacts({ cost: cost?.value ?? null, barcodes, bin: typed.bin })
  if (!checked.ok) return problem((checked.error.field ?? 'sku') as FactColumn, checked.error.reason ?? '')
  const contains = checkContents(sku, readContents(typed.contains))
  if (!contains.ok) return problem('contains', contains.error.reason ?? '')
  return {
    ...{ line, sku },
    ...(typed.contains === '' ? {} : { contains: contains.value }),
    ...(cost === null ? {} : { cost: cost.value }),
    ...(typed.barcodes === '' ? {} : { barcodes: checked.value.barcodes }),
    ...(typed.bin === '' ? {} : { bin: checked.value.bin }),
  }
}
