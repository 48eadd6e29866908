import { EU27 } from '#core/customs/customs-territory.ts'
import { TRAVELS } from '#core/customs/rules/charges.ts'
import {
  CONFIDENCES,
  GOODS_ASKED,
  RULE_ROLES,
  VALUE_BASES,
  type Condition,
  type ConsigneeIdNeed,
  type DestinationRule,
  type Edge,
  type RuleRole,
  type Scheme,
  type ValueBand,
} from '#core/customs/rules/rule.ts'
import { readDuty, readLevy, readTax, type RateTables } from '#core/customs/rules/read-charges.ts'
import {
  maybe,
  NotWellMade,
  onlyKeys,
  readAmount,
  readChoice,
  readCountries,
  readCurrency,
  readFlag,
  readList,
  readLocalText,
  readObject,
  readToken,
  readUnits,
  type Json,
} from '#core/customs/rules/read-parts.ts'
import { readSafePattern, type SafePattern } from '#core/customs/rules/safe-pattern.ts'
import { isIsoDay } from '#core/shared/iso-day.ts'

const KEYS =
  `id where role series title from until knownUntil confidence checkedAt staleAfterDays sources when unless
  currency duty tax levies handling scheme hsDigits consigneeId postal asks note doubt`.split(/\s+/)
const MOST_STALE_DAYS = 3_660

/** One row, once for each country that it is for. Throws {@link NotWellMade} with the field at fault. */
export function readRule(raw: unknown, tables: RateTables, sources: ReadonlySet<string>): DestinationRule[] {
  const row = readObject(raw, '')
  onlyKeys(row, '', KEYS)
  const where = row['where'] === 'EU27' ? 'EU27' : (readCountries([row['where']], 'where')[0] ?? '')
  const role = readChoice(row['role'], 'role', RULE_ROLES)
  const rest = { ...readFacts(row, role), ...readDates(row), ...readEvidence(row, sources) }
  const id = readToken(row['id'], 'id')
  const series = row['series'] ?? (role === 'clearance' ? 'clearance' : id)
  return (where === 'EU27' ? EU27 : [where]).map((country) => ({
    ...{ id, role, where, country, ...rest, series: readToken(series, 'series') },
    tax: role === 'clearance' ? readTax(row['tax'], 'tax', country, tables) : null,
  }))
}

function readDates(row: Json): Pick<DestinationRule, 'from' | 'until' | 'knownUntil'> {
  const from = readDay(row['from'], 'from')
  const until = maybe(row['until'], 'until', readDay)
  if (until !== null && until < from) throw new NotWellMade('until')
  return { from, until, knownUntil: maybe(row['knownUntil'], 'knownUntil', readDay) }
}

function readEvidence(
  row: Json,
  known: ReadonlySet<string>,
): Pick<DestinationRule, 'confidence' | 'checkedAt' | 'staleAfterDays' | 'sources' | 'note' | 'doubt'> {
  const days = row['staleAfterDays']
  if (!Number.isInteger(days) || (days as number) < 0 || (days as number) > MOST_STALE_DAYS)
    throw new NotWellMade('staleAfterDays')
  const sources = readList(row['sources'], 'sources').map((each) => readToken(each, 'sources'))
  // A rule that nobody can look up is a rumour.
  if (sources.length === 0 || sources.some((each) => !known.has(each))) throw new NotWellMade('sources')
  return {
    confidence: readChoice(row['confidence'], 'confidence', CONFIDENCES),
    checkedAt: readDay(row['checkedAt'], 'checkedAt'),
    staleAfterDays: days as number,
    sources,
    note: maybe(row['note'], 'note', readLocalText),
    doubt: maybe(row['doubt'], 'doubt', readLocalText),
  }
}

function readFacts(row: Json, role: RuleRole) {
  const clearance = role === 'clearance'
  if (!clearance && (row['duty'] !== undefined || row['tax'] !== undefined)) throw new NotWellMade('duty')
  const levies = readList(row['levies'] ?? [], 'levies').map(readLevy)
  if ((role === 'levy') !== levies.length > 0) throw new NotWellMade('levies')
  const when = readCondition(row['when'] ?? {}, 'when')
  // A levy is on the parcel: no one piece decides about it.
  if (role !== 'clearance' && when.value?.per === 'item') throw new NotWellMade('when.value.per')
  return {
    ...{ title: readLocalText(row['title'], 'title'), when, levies },
    unless: maybe(row['unless'], 'unless', readCondition),
    currency: readCurrency(row['currency'], 'currency'),
    duty: clearance ? readDuty(row['duty'], 'duty') : null,
    handling: maybe(row['handling'], 'handling', readAmount),
    scheme: maybe(row['scheme'], 'scheme', readScheme),
    hsDigits: maybe(row['hsDigits'], 'hsDigits', readDigits),
    consigneeId: maybe(row['consigneeId'], 'consigneeId', readConsigneeId),
    postal: readChoice(row['postal'] ?? 'open', 'postal', ['open', 'duty-prepaid-only']),
    asks: readList(row['asks'] ?? [], 'asks').map((each) => readChoice(each, 'asks', GOODS_ASKED)),
  }
}

function readCondition(value: unknown, field: string): Condition {
  const found = readObject(value, field)
  onlyKeys(found, field, ['value', 'sentFrom', 'travels', 'scheme', 'postcodes'])
  const tokens = (each: unknown, name: string): string[] =>
    readList(each, name).map((one) => readToken(one, name))
  return {
    value: maybe(found['value'], `${field}.value`, readBand) ?? undefined,
    sentFrom: maybe(found['sentFrom'], `${field}.sentFrom`, readCountries) ?? undefined,
    travels:
      maybe(found['travels'], `${field}.travels`, (each, name) =>
        readList(each, name).map((one) => readChoice(one, name, TRAVELS)),
      ) ?? undefined,
    scheme: maybe(found['scheme'], `${field}.scheme`, readToken) ?? undefined,
    postcodes: maybe(found['postcodes'], `${field}.postcodes`, tokens) ?? undefined,
  }
}

function readBand(value: unknown, field: string): ValueBand {
  const found = readObject(value, field)
  onlyKeys(found, field, ['per', 'of', 'currency', 'gt', 'gte', 'lt', 'lte'])
  const edge = (without: string, within: string): Edge | undefined => {
    const inclusive = found[within] !== undefined
    if (inclusive && found[without] !== undefined) throw new NotWellMade(`${field}.${within}`)
    const amount = maybe(found[inclusive ? within : without], `${field}.${within}`, readUnits)
    return amount === null ? undefined : { amount, inclusive }
  }
  const over = edge('gt', 'gte')
  const upTo = edge('lt', 'lte')
  if (over && upTo && Number(upTo.amount) < Number(over.amount)) throw new NotWellMade(field)
  return {
    per: readChoice(found['per'], `${field}.per`, ['item', 'consignment']),
    of: readChoice(found['of'], `${field}.of`, VALUE_BASES),
    currency: readCurrency(found['currency'], `${field}.currency`),
    ...{ over, upTo },
  }
}

function readScheme(value: unknown, field: string): Scheme {
  const found = readObject(value, field)
  onlyKeys(found, field, ['name', 'numberPattern', 'onlyWithin'])
  return {
    name: readToken(found['name'], `${field}.name`),
    numberPattern: maybe(found['numberPattern'], `${field}.numberPattern`, readPattern),
    onlyWithin: readFlag(found['onlyWithin'], `${field}.onlyWithin`),
  }
}

function readConsigneeId(value: unknown, field: string): ConsigneeIdNeed {
  const found = readObject(value, field)
  onlyKeys(found, field, ['type', 'need', 'pattern'])
  return {
    type: readToken(found['type'], `${field}.type`),
    need: readChoice(found['need'], `${field}.need`, ['required', 'expected']),
    pattern: maybe(found['pattern'], `${field}.pattern`, readPattern),
  }
}

function readPattern(value: unknown, field: string): SafePattern {
  const pattern = readSafePattern(value)
  if (pattern === null) throw new NotWellMade(field)
  return pattern
}

function readDigits(value: unknown, field: string): number {
  if (value !== 6 && value !== 8 && value !== 10) throw new NotWellMade(field)
  return value
}

function readDay(value: unknown, field: string): string {
  if (!isIsoDay(value)) throw new NotWellMade(field)
  return value
}
