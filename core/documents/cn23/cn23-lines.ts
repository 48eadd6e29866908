import type { Declaration, DeclarationLine } from '#core/customs/declaration.ts'

/** What stands in one row of the form: a line of the declaration with its place in it, or a sum so far. */
export type Cn23Row =
  | { kind: 'line'; line: DeclarationLine; index: number }
  | { kind: 'brought' | 'carried' | 'sum'; netGrams: number; valueMinor: number }

/** Rows of the form itself, and of a sheet that continues it. */
export const FIRST_ROWS = 4
export const CONTINUATION_ROWS = 14

/**
 * Divides the lines of a declaration among the form and as many sheets as they need. A sheet that is continued ends with what has been
 * carried so far, the next one begins with it, the last one ends with the sum.
 */
export function cn23Sheets({ lines }: Declaration): Cn23Row[][] {
  const rows = lines.map((line, index): Cn23Row => ({ kind: 'line', line, index }))
  if (rows.length <= FIRST_ROWS) return [rows]
  const sheets: Cn23Row[][] = []
  let done = 0
  while (done < rows.length) {
    const isFirst = sheets.length === 0
    const room = isFirst ? FIRST_ROWS - 1 : CONTINUATION_ROWS - 2
    const next = Math.min(rows.length, done + room)
    const brought: Cn23Row[] = isFirst ? [] : [sumUpTo(lines, done, 'brought')]
    const end = next < rows.length ? 'carried' : 'sum'
    sheets.push([...brought, ...rows.slice(done, next), sumUpTo(lines, next, end)])
    done = next
  }
  return sheets
}

function sumUpTo(
  lines: readonly DeclarationLine[],
  count: number,
  kind: 'brought' | 'carried' | 'sum',
): Cn23Row {
  const counted = lines.slice(0, count)
  return {
    kind,
    netGrams: counted.reduce((sum, line) => sum + line.netGrams, 0),
    valueMinor: counted.reduce((sum, line) => sum + line.value.minor, 0),
  }
}
