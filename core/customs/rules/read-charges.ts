import {
  COLLECTORS,
  TAX_NAMES,
  type Duty,
  type HsRate,
  type Levy,
  type Tax,
} from '#core/customs/rules/charges.ts'
import {
  maybe,
  NotWellMade,
  onlyKeys,
  readAmount,
  readBases,
  readChoice,
  readCountries,
  readCurrency,
  readFlag,
  readHsPrefixes,
  readList,
  readObject,
  readShare,
  readUnits,
  type Json,
} from '#core/customs/rules/read-parts.ts'

/** Rates of a tax that a file keeps in one place, by country. */
export type RateTables = Readonly<Record<string, Readonly<Record<string, string>>>>

export function readDuty(value: unknown, field: string): Duty {
  const found = readObject(value, field)
  const kinds = ['none', 'ask', 'tariff', 'rate', 'per-tariff-line', 'formula'] as const
  const kind = readChoice(found['kind'], `${field}.kind`, kinds)
  const on = () => readBases(found['on'] ?? ['goods'], `${field}.on`)
  switch (kind) {
    case 'none':
    case 'ask':
      onlyKeys(found, field, ['kind'])
      return { kind }
    case 'per-tariff-line': {
      const { amount, currency, ...others } = found
      onlyKeys(others, field, ['kind'])
      return { kind, ...readAmount({ amount, currency }, field) }
    }
    case 'tariff':
      onlyKeys(found, field, ['kind', 'on', 'general', 'free', 'additions'])
      return {
        ...{ kind, on: on(), general: maybe(found['general'], `${field}.general`, readShare) },
        free: maybe(found['free'], `${field}.free`, readChapters),
        additions: readList(found['additions'] ?? [], `${field}.additions`).map(readAddition),
      }
    case 'rate':
      onlyKeys(found, field, ['kind', 'on', 'rate', 'byHs', 'includesTax'])
      return {
        ...{ kind, on: on(), rate: readShare(found['rate'], `${field}.rate`) },
        byHs: readList(found['byHs'] ?? [], `${field}.byHs`).map(readHsRate),
        includesTax: readFlag(found['includesTax'], `${field}.includesTax`),
      }
    case 'formula':
      onlyKeys(found, field, ['kind', 'on', 'currency', 'brackets', 'includesTax'])
      return {
        ...{ kind, on: on(), currency: readCurrency(found['currency'], `${field}.currency`) },
        brackets: readBrackets(found['brackets']),
        includesTax: readFlag(found['includesTax'], `${field}.includesTax`),
      }
  }
}

function readChapters(value: unknown, field: string): { from: string; to: string } {
  const found = readObject(value, field)
  const [from = '', to = ''] = readHsPrefixes([found['from'], found['to']], field)
  if (from.length !== 2 || to.length !== 2 || to < from) throw new NotWellMade(field)
  return { from, to }
}

function readAddition(value: unknown): { rate: string; origins: readonly string[] } {
  const field = 'duty.additions'
  const found = readObject(value, field)
  onlyKeys(found, field, ['rate', 'origins'])
  const everywhere = found['origins'] === '*'
  return {
    rate: readShare(found['rate'], `${field}.rate`),
    origins: everywhere ? ['*'] : readCountries(found['origins'], `${field}.origins`),
  }
}

function readHsRate(value: unknown): HsRate {
  const found = readObject(value, 'duty.byHs')
  return { hs: readHsPrefixes(found['hs'], 'duty.byHs.hs'), rate: readShare(found['rate'], 'duty.byHs.rate') }
}

/** In rising order, so that the first that fits is the one. */
function readBrackets(value: unknown): { upTo: string; rate: string; minus: string }[] {
  const field = 'duty.brackets'
  const brackets = readList(value, field).map((each) => {
    const found = readObject(each, field)
    onlyKeys(found, field, ['upTo', 'rate', 'minus'])
    return {
      upTo: readUnits(found['upTo'], `${field}.upTo`),
      rate: readShare(found['rate'], `${field}.rate`),
      minus: readUnits(found['minus'] ?? '0', `${field}.minus`),
    }
  })
  const rising = brackets.every(({ upTo }, i) => i === 0 || Number(brackets[i - 1]?.upTo) < Number(upTo))
  if (brackets.length === 0 || !rising) throw new NotWellMade(field)
  return brackets
}

export function readTax(value: unknown, field: string, country: string, tables: RateTables): Tax {
  const found = readObject(value, field)
  const kind = readChoice(found['kind'], `${field}.kind`, ['none', 'rate'])
  if (kind === 'none') return { kind }
  onlyKeys(found, field, 'kind name rate rates table reduced on inside waivedUpTo collectors at'.split(' '))
  const { low, high } = readRates(found, field, country, tables)
  return {
    ...{ kind, name: readChoice(found['name'], `${field}.name`, TAX_NAMES), low, high },
    reduced: maybe(found['reduced'], `${field}.reduced`, readShare),
    on: readBases(found['on'], `${field}.on`),
    inside: readFlag(found['inside'], `${field}.inside`),
    waivedUpTo: maybe(found['waivedUpTo'], `${field}.waivedUpTo`, readAmount),
    collectors: readList(found['collectors'], `${field}.collectors`).map((each) =>
      readChoice(each, `${field}.collectors`, COLLECTORS),
    ),
    at: readChoice(found['at'], `${field}.at`, ['checkout', 'border']),
  }
}

/** One rate, two ends, or the country's place in a table. */
function readRates(
  found: Json,
  field: string,
  country: string,
  tables: RateTables,
): { low: string; high: string } {
  const { rate, rates, table } = found
  if ([rate, rates, table].filter((each) => each !== undefined).length !== 1)
    throw new NotWellMade(`${field}.rate`)
  if (rates !== undefined) {
    const ends = readList(rates, `${field}.rates`).map((each) => readShare(each, `${field}.rates`))
    const [low = '', high = ''] = ends
    if (ends.length !== 2 || Number(high) < Number(low)) throw new NotWellMade(`${field}.rates`)
    return isBelowOne(high, field, low)
  }
  const name = typeof table === 'string' && Object.hasOwn(tables, table) ? tables[table] : undefined
  const one = rate ?? (name !== undefined && Object.hasOwn(name, country) ? name[country] : undefined)
  const share = readShare(one, `${field}.rate`)
  return isBelowOne(share, field, share)
}

/** A tax inside of its own base divides by what is left of one. */
function isBelowOne(high: string, field: string, low: string): { low: string; high: string } {
  if (Number(high) >= 1) throw new NotWellMade(`${field}.rate`)
  return { low, high }
}

export function readLevy(value: unknown): Levy {
  const field = 'levies'
  const { per, taxRate = '0', billed = 'parcel', ...amount } = readObject(value, field)
  return {
    ...readAmount(amount, field),
    per: readChoice(per, `${field}.per`, ['consignment', 'tariff-line', 'hs6', 'kg']),
    taxRate: readShare(taxRate, `${field}.taxRate`),
    billed: readChoice(billed, `${field}.billed`, ['parcel', 'carrier-account']),
  }
}
