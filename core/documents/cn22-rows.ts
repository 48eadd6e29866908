import type { Declaration, DeclarationLine } from '#core/customs/declaration.ts'
import { sumIssues } from '#core/documents/check-declaration.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** Lines a CN 22 has room for (reference/logistics.md 5.2). */
export const CN22_MAX_ROWS = 3

/** One printed row; weight and value are totals of the row. */
export interface Cn22Row {
  quantity: number
  description: string
  descriptionLocal: string
  hs6: string
  origin: string
  netGrams: number
  valueMinor: number
  /** Index of the first declaration line in this row, for naming a field at fault. */
  firstLine: number
}

function toRow(line: DeclarationLine, index: number): Cn22Row {
  const { quantity, description, descriptionLocal, hs6, origin, netGrams, value } = line
  return {
    quantity,
    description,
    descriptionLocal,
    hs6,
    origin,
    netGrams,
    valueMinor: value.minor,
    firstLine: index,
  }
}

function joinDistinct(left: string, right: string): string {
  const parts = left.split('; ')
  return right === '' || parts.includes(right)
    ? left
    : [...parts.filter((part) => part !== ''), right].join('; ')
}

function mergeRows(rows: readonly Cn22Row[]): Cn22Row[] {
  const merged = new Map<string, Cn22Row>()
  for (const row of rows) {
    // Goods without a code are only the same when they are called the same.
    const key = [row.hs6 === '' ? row.description : row.hs6, row.origin].join('|')
    const known = merged.get(key)
    if (known === undefined) {
      merged.set(key, { ...row })
      continue
    }
    known.quantity += row.quantity
    known.netGrams += row.netGrams
    known.valueMinor += row.valueMinor
    known.description = joinDistinct(known.description, row.description)
    known.descriptionLocal = joinDistinct(known.descriptionLocal, row.descriptionLocal)
  }
  return [...merged.values()]
}

/**
 * The rows to print. Up to three lines are printed as they are; more are merged by HS code and origin, and if that still leaves
 * more than three, a CN 22 is the wrong form (`too-many-customs-lines`).
 */
export function cn22Rows(declaration: Declaration): Result<Cn22Row[], Issue[]> {
  const issues = sumIssues(declaration)
  const rows = declaration.lines.map(toRow)
  const printed = rows.length > CN22_MAX_ROWS ? mergeRows(rows) : rows
  if (printed.length > CN22_MAX_ROWS) {
    issues.push(issue('invalid-input', { reason: 'too-many-customs-lines', field: 'declaration.lines' }))
  }
  return issues.length > 0 ? err(issues) : ok(printed)
}
