import type { RawRates } from '#core/money/rate-set.ts'
import { scanXml } from '#core/connectors/ecb/xml.ts'

/** What a document says, before anything of it is believed. */
export interface RatesWire {
  /** Who sends it, '' in a form that does not say. */
  sender: string
  days: RawRates[]
}

/** Where the rates are in the XML, by names without their prefix. */
const ENVELOPE = 'Envelope'
const QUOTES_DEPTH = 4

/**
 * `Envelope > Cube > Cube[time] > Cube[currency][rate]`, beside `Sender > name`. Attributes that are missing are read as '' and refused
 * later, one by one. Null when the text is not a whole document of this shape.
 */
export function readXmlRates(text: string): RatesWire | null {
  const events = scanXml(text)
  if (events === null) return null
  const wire: RatesWire = { sender: '', days: [] }
  const path: string[] = []
  let quotes: { code: string; rate: string }[] = []
  for (const event of events) {
    if (event.kind === 'close') path.pop()
    else if (event.kind === 'text') {
      if (path.join('/') === 'Envelope/Sender/name') wire.sender += event.text
    } else {
      path.push(event.name.replace(/^.*:/, ''))
      if (path[0] !== ENVELOPE) return null
      const isCube = path.slice(1).every((name) => name === 'Cube')
      const value = (name: string): string => event.attributes.get(name) ?? ''
      if (isCube && path.length === QUOTES_DEPTH - 1) {
        quotes = []
        wire.days.push({ date: value('time'), quotes })
      }
      if (isCube && path.length === QUOTES_DEPTH)
        quotes.push({ code: value('currency'), rate: value('rate') })
    }
  }
  return wire
}

/** Newest first, so that these are the newest of a history of decades. */
const MOST_LINES = 400
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

/**
 * The same as CSV, as the bank puts it into its zip files: a line of currencies, then one line per day, each with a comma at its end.
 * The file of one day writes `13 April 2026`, the history `2026-04-13` and `N/A` where there was no rate. Null when it is none.
 */
export function readCsvRates(text: string): RatesWire | null {
  const [head = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/, MOST_LINES)
  const [first, ...codes] = cellsOf(head)
  if (first !== 'Date' || codes.every((code) => code === '')) return null
  const days = lines.flatMap((line): RawRates[] => {
    const [date = '', ...cells] = cellsOf(line)
    if (date === '') return []
    // A line that is cut off, or whose numbers have commas of their own, gives every rate to another currency.
    const quotes = cells.length === codes.length ? toQuotes(codes, cells) : []
    return [{ date: toIsoDay(date), quotes }]
  })
  return { sender: '', days }
}

function toQuotes(codes: readonly string[], cells: readonly string[]): RawRates['quotes'] {
  return codes.flatMap((code, i) => {
    const rate = cells[i] ?? ''
    return rate === 'N/A' || rate === '' ? [] : [{ code, rate }]
  })
}

function cellsOf(line: string): string[] {
  return line.split(',').map((cell) => cell.trim())
}

function toIsoDay(date: string): string {
  const [, day = '', name = '', year = ''] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(date) ?? []
  const month = MONTHS.indexOf(name) + 1
  return month === 0 ? date : `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`
}
