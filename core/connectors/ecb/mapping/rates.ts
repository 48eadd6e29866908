import { dayOf } from '#core/money/rate-days.ts'
import { readRates, type LeftOutRate, type RateSet } from '#core/money/rate-set.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { readCsvRates, readXmlRates, type RatesWire } from '#core/connectors/ecb/wire.ts'

export interface EcbRates {
  /** Newest first. */
  sets: RateSet[]
  leftOut: LeftOutRate[]
}

/** More days than this are not kept anyway; 90 calendar days have about 64. */
export const MOST_SETS = 100
/** A history goes back to 1999; what is added up here does not. */
const MOST_FILE_SETS = 600
const MOST_LEFT_OUT = 500
/** A document of 90 days has about 90,000 characters. */
const MOST_ANSWER_TEXT = 1_000_000
/** The whole history since 1999 has about 2 million as CSV; as XML it has 8, and nobody needs it. */
const MOST_FILE_TEXT = 3_000_000

/**
 * Who a document says it is from → the `source` of its sets. The demo's rates say that they are not the bank's, so that they can never
 * be taken for real ones.
 */
const SOURCES: ReadonlyMap<string, string> = new Map([
  ['European Central Bank', 'ecb'],
  ['Caravel demo figures', 'demo'],
])

/** An answer of the bank. Issues: `malformed.rates-unreadable`, `malformed.rates-elsewhere`, `malformed.rates-none`. */
export function readRatesAnswer(text: string, now: number): Result<EcbRates> {
  const wire = text.length > MOST_ANSWER_TEXT ? null : readXmlRates(text)
  if (wire === null) return err(issue('malformed', { reason: 'rates-unreadable' }))
  const source = SOURCES.get(wire.sender)
  if (source === undefined) return err(issue('malformed', { reason: 'rates-elsewhere' }))
  return toRates(wire, source, { now, most: MOST_SETS })
}

/**
 * A file of the bank that a person fetched elsewhere: XML, or the CSV of its zip files (which does not name the bank: the person does by
 * choosing it). Demo figures are refused. Issues: `malformed.rates-file`, `malformed.rates-elsewhere`, `malformed.rates-none`.
 */
export function readRatesFile(text: string, now: number): Result<EcbRates> {
  const wire = text.length > MOST_FILE_TEXT ? null : (readCsvRates(text) ?? readXmlRates(text))
  if (wire === null) return err(issue('malformed', { reason: 'rates-file' }))
  const source = wire.sender === '' ? 'ecb' : SOURCES.get(wire.sender)
  if (source !== 'ecb') return err(issue('malformed', { reason: 'rates-elsewhere' }))
  return toRates(wire, source, { now, most: MOST_FILE_SETS })
}

function toRates(
  { days }: RatesWire,
  source: string,
  { now, most }: { now: number; most: number },
): Result<EcbRates> {
  const newest = [...days].sort((a, b) => (a.date < b.date ? 1 : -1)).slice(0, most)
  const { sets, leftOut } = readRates(newest, { base: 'EUR', source, today: dayOf(now) })
  if (sets.length === 0) return err(issue('malformed', { reason: 'rates-none' }))
  return ok({ sets, leftOut: leftOut.slice(0, MOST_LEFT_OUT) })
}
