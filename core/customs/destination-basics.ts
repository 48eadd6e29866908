import { err, ok, type Result } from '#core/shared/result.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { isIsoDay } from '#core/shared/iso-day.ts'
import { EU27 } from '#core/customs/customs-territory.ts'

/**
 * What a destination asks of every parcel, as known on a day. Not legal advice; shown with its source and
 * date.
 */
export interface DestinationBasics {
  id: string
  /** ISO 3166-1 alpha-2. */
  country: string
  /** ISO days, both inclusive; null is open. */
  effectiveFrom: string
  effectiveUntil: string | null
  confidence: 'high' | 'medium' | 'low'
  source: string
  checkedAt: string
  /** Digits of the tariff code it wants; null when no source says. */
  hsDigits: number | null
  /** Number of the recipient that must travel with the data, e.g. `kr-pccc`. */
  consigneeId: { type: string; need: 'required' | 'expected'; pattern: RegExp | null } | null
  /** `duty-prepaid-only`: plain postal parcels are turned back. */
  postal: 'open' | 'duty-prepaid-only'
  /** Up to here the scheme's number may be used; never above. */
  taxLimit: { scheme: string; amount: string; unit: string; numberPattern: RegExp } | null
}

export interface DestinationBasicsSet {
  rows: readonly DestinationBasics[]
  /** Rows left out, and why; the rest goes on. `field` is the row's path. */
  rejected: readonly Issue[]
}

/**
 * Reads `resources/destination-basics.json` (already parsed JSON), row by row. `EU27` becomes 27 rows. Two
 * rows of a country that overlap in time are both left out: better no rule than the wrong one. Fails only
 * when the file as a whole is not ours (`malformed` rules-unreadable, rules-version).
 */
export function readDestinationBasics(json: unknown): Result<DestinationBasicsSet> {
  if (!isRecord(json) || !Array.isArray(json['rows']))
    return err(issue('malformed', { reason: 'rules-unreadable' }))
  if (json['schemaVersion'] !== 1) return err(issue('malformed', { reason: 'rules-version' }))
  const rows: DestinationBasics[] = []
  const rejected: Issue[] = []
  for (const [i, raw] of json['rows'].entries()) {
    const row = readRow(raw)
    if (row === null) rejected.push(issue('malformed', { reason: 'rule-invalid', field: `rows.${i}` }))
    else if (row.country === 'EU27') rows.push(...EU27.map((country) => ({ ...row, country })))
    else rows.push(row)
  }
  const clashing = rows.filter((a) => rows.some((b) => a !== b && overlaps(a, b)))
  for (const { id, country } of clashing)
    rejected.push(issue('malformed', { reason: 'rules-overlap', field: `${id}.${country}` }))
  return ok({ rows: rows.filter((row) => !clashing.includes(row)), rejected })
}

export type BasicsAnswer = { kind: 'rule'; rule: DestinationBasics } | { kind: 'no-rule' }

/** The rule of a country on the day of shipment (not today). `no-rule` means unknown, never "free". */
export function findDestinationBasics(
  set: DestinationBasicsSet,
  country: string,
  shipOn: string,
): BasicsAnswer {
  const rule = set.rows.find(
    (row) =>
      row.country === country &&
      row.effectiveFrom <= shipOn &&
      (row.effectiveUntil === null || shipOn <= row.effectiveUntil),
  )
  return rule === undefined ? { kind: 'no-rule' } : { kind: 'rule', rule }
}

function overlaps(a: DestinationBasics, b: DestinationBasics): boolean {
  const endsBefore = (x: DestinationBasics, y: DestinationBasics): boolean =>
    x.effectiveUntil !== null && x.effectiveUntil < y.effectiveFrom
  return a.country === b.country && !endsBefore(a, b) && !endsBefore(b, a)
}

function readRow(raw: unknown): DestinationBasics | null {
  if (!isRecord(raw)) return null
  const { id, country, effectiveFrom, effectiveUntil = null, confidence, source, checkedAt } = raw
  const consigneeId = readConsigneeId(raw['consigneeId'])
  const taxLimit = readTaxLimit(raw['taxLimit'])
  const hsDigits = raw['hsDigits'] ?? null
  const postal = raw['postal'] ?? 'open'
  if (typeof id !== 'string' || id === '' || typeof source !== 'string') return null
  if (typeof country !== 'string' || !/^([A-Z]{2}|EU27)$/.test(country)) return null
  if (!isIsoDay(effectiveFrom) || !isIsoDay(checkedAt)) return null
  if (effectiveUntil !== null && (!isIsoDay(effectiveUntil) || effectiveUntil < effectiveFrom)) return null
  if (confidence !== 'high' && confidence !== 'medium' && confidence !== 'low') return null
  if (hsDigits !== null && (typeof hsDigits !== 'number' || ![6, 8, 10].includes(hsDigits))) return null
  if (postal !== 'open' && postal !== 'duty-prepaid-only') return null
  if (consigneeId === undefined || taxLimit === undefined) return null
  return {
    ...{ id, country, effectiveFrom, effectiveUntil, confidence, source, checkedAt },
    ...{ hsDigits, postal, consigneeId, taxLimit },
  }
}

/** Undefined when there is one but it makes no sense. */
function readConsigneeId(raw: unknown): DestinationBasics['consigneeId'] | undefined {
  if (raw === undefined || raw === null) return null
  if (!isRecord(raw)) return undefined
  const { type, need } = raw
  const pattern = raw['pattern'] === null ? null : readPattern(raw['pattern'])
  if (typeof type !== 'string' || (need !== 'required' && need !== 'expected')) return undefined
  return pattern === undefined ? undefined : { type, need, pattern }
}

function readTaxLimit(raw: unknown): DestinationBasics['taxLimit'] | undefined {
  if (raw === undefined || raw === null) return null
  if (!isRecord(raw)) return undefined
  const { scheme, amount, unit } = raw
  const numberPattern = readPattern(raw['numberPattern'])
  if (typeof scheme !== 'string' || typeof unit !== 'string' || numberPattern === undefined) return undefined
  if (typeof amount !== 'string' || !/^\d+(\.\d+)?$/.test(amount)) return undefined
  return { scheme, amount, unit, numberPattern }
}

function readPattern(raw: unknown): RegExp | undefined {
  if (typeof raw !== 'string' || raw.length > 200) return undefined
  try {
    return new RegExp(raw)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
