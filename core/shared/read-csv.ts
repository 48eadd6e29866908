/** One record of a file, with the line it begins on (the first is 1). */
export interface CsvRecord {
  line: number
  cells: string[]
}

const MARK = '\uFEFF'
const SEPARATORS = [',', ';', '\t']

/**
 * Reads a table as spreadsheets write it (RFC 4180): commas, semicolons or tabs, whichever the first line has most of; quotes around
 * cells, doubled inside; any line ends. Lines that are empty are left out. Never fails: a quote that is not closed ends with the file.
 */
export function readCsv(text: string): CsvRecord[] {
  const clean = text.startsWith(MARK) ? text.slice(1) : text
  const separator = separatorOf(/^[^\r\n]*/.exec(clean)?.[0] ?? '')
  const cell = new RegExp(`"((?:[^"]|"")*)(?:"[^${separator}\r\n]*|$)|([^${separator}\r\n]*)`, 'y')
  const records: CsvRecord[] = []
  let record: CsvRecord = { line: 1, cells: [] }
  let line = 1
  let at = 0
  while (at <= clean.length) {
    cell.lastIndex = at
    const found = cell.exec(clean)
    if (found === null) break
    const [whole, quoted, plain = ''] = found
    record.cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    line += countLines(whole)
    at += whole.length
    if (clean[at] !== separator) {
      records.push(record)
      at += clean.startsWith('\r\n', at) ? 2 : 1
      record = { line: ++line, cells: [] }
      if (at >= clean.length) break
    } else at++
  }
  return records.filter(({ cells }) => cells.some((each) => each.trim() !== ''))
}

function separatorOf(head: string): string {
  const times = SEPARATORS.map((each) => head.split(each).length)
  return SEPARATORS[times.indexOf(Math.max(...times))] ?? ','
}

function countLines(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1
}
