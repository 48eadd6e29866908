/** How much a destination's post wants a field: a parcel stalls without it, is slowed, or does not care. */
export type Need = 'required' | 'expected' | 'optional'

export interface AddressRequirement {
  /** ISO 3166-1 alpha-2, or `ZZ` for a destination this table does not know. */
  country: string
  city: Need
  postcode: Need
  region: Need
  /**
   * Whole-string pattern; null when the destination has no postcodes or none is known. Warn only: patterns
   * age.
   */
  postcodePattern: RegExp | null
  postcodeExample: string
  /**
   * Order of the last lines in Latin script: C city, R region, Z postcode, `|` a new line.
   */
  cityLines: string
}

/** Three letters (r required, e expected, o optional) for city, postcode, region. */
type Row = readonly [country: string, needs: string, cityLines: string, pattern?: string, example?: string]

/**
 * Own compact edition; facts as in Google's libaddressinput region data (Apache-2.0) and the posts' public
 * formats, read 2026-11-22. Where libaddressinput requires a province nobody's post refuses a parcel for (ES,
 * IT, MX), it is `expected`.
 */
const ROWS: readonly Row[] = [
  ['AE', 'eor', 'C|R Z'],
  ['AR', 'reo', 'Z C|R', '(?:[A-HJ-NP-Z])?\\d{4}(?:[A-Z]{3})?', 'C1070AAM'],
  ['AT', 'rro', 'Z C|R', '\\d{4}', '1010'],
  ['AU', 'rrr', 'C R Z', '\\d{4}', '2060'],
  ['BE', 'rro', 'Z C|R', '\\d{4}', '4000'],
  ['BG', 'rro', 'Z C|R', '\\d{4}', '1000'],
  ['BR', 'rrr', 'C-R|Z', '\\d{5}-?\\d{3}', '40301-110'],
  ['CA', 'rrr', 'C R Z', '[ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z] ?\\d[ABCEGHJ-NPRSTV-Z]\\d', 'H3Z 2Y7'],
  ['CH', 'rro', 'Z C|R', '\\d{4}', '8001'],
  ['CL', 'roe', 'Z C|R', '\\d{3}-?\\d{4}', '8340457'],
  ['CN', 'rrr', 'C|R, Z', '\\d{6}', '518000'],
  ['CO', 'ree', 'C, R, Z', '\\d{6}', '111221'],
  ['CY', 'rro', 'Z C|R', '\\d{4}', '2008'],
  ['CZ', 'rro', 'Z C|R', '\\d{3} ?\\d{2}', '100 00'],
  ['DE', 'rro', 'Z C|R', '\\d{5}', '10115'],
  ['DK', 'rro', 'Z C|R', '\\d{4}', '1566'],
  ['EE', 'rro', 'Z C|R', '\\d{5}', '69501'],
  ['ES', 'rre', 'Z C|R', '\\d{5}', '28039'],
  ['FI', 'rro', 'Z C|R', '\\d{5}', '00550'],
  ['FR', 'rro', 'Z C|R', '\\d{2} ?\\d{3}', '75001'],
  ['GB', 'rro', 'C|R|Z', 'GIR ?0AA|(?:[A-Z]{1,2}\\d[A-Z\\d]?|BFPO) ?(?:\\d[A-Z]{2}|\\d{1,4})', 'SW1A 1AA'],
  ['GR', 'rro', 'Z C|R', '\\d{3} ?\\d{2}', '151 24'],
  ['HK', 'eoe', 'C|R Z'],
  ['HR', 'rro', 'Z C|R', '\\d{5}', '10000'],
  ['HU', 'rro', 'C|Z|R', '\\d{4}', '1037'],
  ['ID', 'err', 'C|R Z', '\\d{5}', '40115'],
  ['IE', 'reo', 'C|R|Z', '(?:D6W|[A-Z]\\d{2}) ?[A-Z\\d]{4}', 'D02 X285'],
  ['IL', 'reo', 'C Z|R', '\\d{5}(?:\\d{2})?', '9614303'],
  ['IN', 'rrr', 'C Z|R', '\\d{3} ?\\d{3}', '110034'],
  ['IT', 'rre', 'Z C R', '\\d{5}', '00144'],
  ['JP', 'err', 'C, R|Z', '\\d{3}-?\\d{4}', '154-0023'],
  ['KR', 'ere', 'C|R Z', '\\d{5}', '03051'],
  ['KW', 'roo', 'Z C|R', '\\d{5}', '54541'],
  ['LT', 'rro', 'Z C|R', '(?:LT-)?\\d{5}', '04340'],
  ['LU', 'rro', 'Z C|R', '(?:L-)?\\d{4}', '4750'],
  ['LV', 'rro', 'C, Z|R', '(?:LV-)?\\d{4}', 'LV-1073'],
  ['MT', 'reo', 'C Z|R', '[A-Z]{3} ?\\d{2,4}', 'NXR 01'],
  ['MX', 'rre', 'Z C, R', '\\d{5}', '02860'],
  ['MY', 'rro', 'Z C|R', '\\d{5}', '43000'],
  ['NL', 'rro', 'Z C|R', '[1-9]\\d{3} ?[A-Z]{2}', '1234 AB'],
  ['NO', 'rro', 'Z C|R', '\\d{4}', '0025'],
  ['NZ', 'rro', 'C Z|R', '\\d{4}', '6001'],
  ['PE', 'reo', 'C Z|R', '(?:LIMA \\d{1,2}|CALLAO 0?\\d|[0-2]\\d{4})', '15001'],
  ['PH', 'reo', 'Z C|R', '\\d{4}', '1008'],
  ['PL', 'rro', 'Z C|R', '\\d{2}-\\d{3}', '00-950'],
  ['PT', 'rro', 'Z C|R', '\\d{4}-\\d{3}', '2725-079'],
  ['QA', 'roo', 'C|R Z'],
  ['RO', 'rro', 'Z C|R', '\\d{6}', '060274'],
  ['RU', 'rre', 'C|R|Z', '\\d{6}', '247112'],
  ['SA', 'reo', 'C Z|R', '\\d{5}(?:-?\\d{4})?', '11564'],
  ['SE', 'rro', 'Z C|R', '\\d{3} ?\\d{2}', '114 55'],
  ['SG', 'oro', 'C Z|R', '\\d{6}', '546080'],
  ['SI', 'rro', 'Z C|R', '\\d{4}', '4000'],
  ['SK', 'rro', 'Z C|R', '\\d{3} ?\\d{2}', '010 01'],
  ['TH', 'rre', 'C|R Z', '\\d{5}', '10150'],
  ['TR', 'rro', 'Z C/R', '\\d{5}', '01960'],
  ['TW', 'ree', 'C, R Z', '\\d{3}(?:-?\\d{2,3})?', '10480'],
  ['UA', 'rro', 'C|R|Z', '\\d{5}', '15432'],
  ['US', 'rrr', 'C, R Z', '\\d{5}(?:-?\\d{4})?', '95014'],
  ['VN', 'roe', 'C|R Z', '\\d{5}\\d?', '70010'],
  ['ZA', 'rro', 'C|R|Z', '\\d{4}', '0083'],
]

const NEEDS: Readonly<Record<string, Need>> = { r: 'required', e: 'expected', o: 'optional' }

const REQUIREMENTS: ReadonlyMap<string, AddressRequirement> = new Map(
  ROWS.map((row) => [row[0], expandRow(row)]),
)

const UNKNOWN: AddressRequirement = expandRow(['ZZ', 'roo', 'C Z|R'])

/** What an address in this country needs; an unknown country asks for a city only. */
export function requirementOf(country: string): AddressRequirement {
  return REQUIREMENTS.get(country) ?? UNKNOWN
}

/** The countries of the table, for tests and for the settings screen. */
export const KNOWN_COUNTRIES: readonly string[] = [...REQUIREMENTS.keys()]

function expandRow([country, needs, cityLines, pattern, example]: Row): AddressRequirement {
  const need = (at: number): Need => NEEDS[needs[at] ?? 'o'] ?? 'optional'
  return {
    country,
    city: need(0),
    postcode: need(1),
    region: need(2),
    postcodePattern: pattern === undefined ? null : new RegExp(`^(?:${pattern})$`),
    postcodeExample: example ?? '',
    cityLines,
  }
}
