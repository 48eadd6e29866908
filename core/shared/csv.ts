/** Lets spreadsheets read UTF-8 as such. */
const MARK = '\uFEFF'

/** Begins like a formula, also behind blanks and in full-width forms. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u

/**
 * One cell. A spreadsheet runs text that begins like a formula, and this text comes from buyers: such text gets an apostrophe in
 * front, which shows it as text (OWASP, CSV injection).
 */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A table as CSV (RFC 4180), with a mark that says UTF-8. */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return MARK + rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}
