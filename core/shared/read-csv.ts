/** One record of a file, with the line it begins on (the first is 1). */
export interface CsvRecord {
  line: number
  cells: string[]
}

const MARK = '\uFEFF'
const SEPARATORS = [',', ';', '\t']
/** A record that goes on for longer has a quote that was not closed. */
const LONGEST_RECORD = 1_000_000

/**
 * Reads a table as spreadsheets write it (RFC 4180): commas, semicolons or tabs, whichever the first line has most of; quotes around
 * cells, doubled inside; any line ends. Lines that are empty are left out. Never fails: a quote that is not closed ends with the file.
 */
export function readCsv(text: string): CsvRecord[] {
  return new CsvReader(Infinity).end(text)
}

/** The same piece by piece, for files that are too large to be held whole. A quote that is not closed ends with its line. */
export class CsvReader {
  #rest = ''
  #begun = false
  #line = 1
  #separator = ''

  constructor(private readonly longest = LONGEST_RECORD) {}

  /** Records that are whole with this piece. */
  push(text: string): CsvRecord[] {
    return this.#read(text, false)
  }

  /** The others. */
  end(text = ''): CsvRecord[] {
    return this.#read(text, true)
  }

  #read(text: string, isEnd: boolean): CsvRecord[] {
    // A mark of the encoding may come behind a first piece that is empty.
    const all = this.#rest + (!this.#begun && text.startsWith(MARK) ? text.slice(1) : text)
    this.#begun ||= text !== ''
    this.#rest = all
    if (this.#separator === '') {
      if (!isEnd && !/[\r\n]/.test(all)) return []
      this.#separator = separatorOf(/^[^\r\n]*/.exec(all)?.[0] ?? '')
    }
    const records: CsvRecord[] = []
    const cell = cellPattern(this.#separator)
    let at = 0
    while (at < all.length || (isEnd && at === 0)) {
      const found =
        readRecord(all, at, { cell, separator: this.#separator, isEnd }) ?? this.#cutShort(all, at)
      if (found === null) break
      records.push({ line: this.#line, cells: found.cells })
      this.#line += found.lines
      at = found.next
    }
    this.#rest = all.slice(at)
    return records.filter(({ cells }) => cells.some((each) => each.trim() !== ''))
  }

  /** What does not end is given up at its first line end, so that the rows after it are not lost with it. */
  #cutShort(all: string, at: number): ReadRecord | null {
    if (all.length - at <= this.longest) return null
    const end = all.slice(at).search(/[\r\n]/)
    const line = end < 0 ? all.slice(at) : all.slice(at, at + end)
    const cells = line.split(this.#separator).map((cell) => cell.replace(/^"|"$/g, ''))
    return { cells, lines: 1, next: at + line.length + (all.startsWith('\r\n', at + line.length) ? 2 : 1) }
  }
}

interface ReadRecord {
  cells: string[]
  lines: number
  /** Where the next one begins. */
  next: number
}

/** The record at a place; null when more of the file may belong to it. */
function readRecord(
  text: string,
  from: number,
  { cell, separator, isEnd }: { cell: RegExp; separator: string; isEnd: boolean },
): ReadRecord | null {
  const cells: string[] = []
  let lines = 0
  let at = from
  for (;;) {
    cell.lastIndex = at
    const found = cell.exec(text)
    if (found === null) return { cells, lines: lines + 1, next: text.length }
    const [whole, quoted, plain = ''] = found
    at += whole.length
    // A line end that is the last thing here may be the first half of two.
    if (!isEnd && (at >= text.length || (text[at] === '\r' && at + 1 >= text.length))) return null
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    // A plain cell ends with its line.
    if (quoted !== undefined) lines += countLines(whole)
    if (text[at] !== separator) break
    at++
  }
  return { cells, lines: lines + 1, next: at + (text.startsWith('\r\n', at) ? 2 : 1) }
}

function cellPattern(separator: string): RegExp {
  return new RegExp(`"((?:[^"]|"")*)(?:"[^${separator}\r\n]*|$)|([^${separator}\r\n]*)`, 'y')
}

function separatorOf(head: string): string {
  const times = SEPARATORS.map((each) => head.split(each).length)
  return SEPARATORS[times.indexOf(Math.max(...times))] ?? ','
}

function countLines(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1
}
