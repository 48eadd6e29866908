import { issue, type Issue } from '#core/shared/issue.ts'
import { isIsoDay } from '#core/shared/iso-day.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { DestinationRule, RuleSet, RuleSource } from '#core/customs/rules/rule.ts'
import type { RateTables } from '#core/customs/rules/read-charges.ts'
import { isJson, isWords, NotWellMade, readShare } from '#core/customs/rules/read-parts.ts'
import { readRule } from '#core/customs/rules/read-rule.ts'

/** Ours has a tenth of that. */
export const MOST_RULE_FILE_BYTES = 1_000_000
const MOST_RULES = 2_000
const MOST_DEPTH = 12

/** A row that was left out. */
export interface RejectedRule {
  /** Its id, or its place when it has none that can be told. */
  id: string
  reason: 'rule-invalid' | 'rule-twice'
  /** The field at fault; '' when the whole row is. */
  field: string
}

export interface ReadRules {
  set: RuleSet
  rejected: readonly RejectedRule[]
}

/**
 * Reads a rule file, row by row; a row that is not well made is left out, named, and the rest goes on. Of two rows with one id neither
 * is taken. Issues, when the file as a whole is none: `malformed` rules-too-large, rules-unreadable, rules-version.
 */
export function readRuleFile(text: string): Result<ReadRules> {
  if (text.length > MOST_RULE_FILE_BYTES) return err(refusal('rules-too-large'))
  return readRules(parseFlat(text))
}

/** The same of a file that was parsed already, as the one that comes with the app. */
export function readRules(json: unknown): Result<ReadRules> {
  if (!isJson(json) || json['format'] !== 'caravel-destination-rules') return err(refusal('rules-unreadable'))
  if (json['formatVersion'] !== 1) return err(refusal('rules-version'))
  const { edition, rules } = json
  if (!isIsoDay(edition) || !Array.isArray(rules) || rules.length > MOST_RULES)
    return err(refusal('rules-unreadable'))
  const sources = readSources(json['sources'])
  const tables = readTables(json['taxRates'])
  const known = new Set(Object.keys(sources))
  const times = countIds(rules)
  const found: DestinationRule[] = []
  const rejected: RejectedRule[] = []
  for (const [i, raw] of rules.entries()) {
    const id = idOf(raw) ?? `#${i + 1}`
    if ((times.get(id) ?? 0) > 1) rejected.push({ id, reason: 'rule-twice', field: 'id' })
    else {
      const read = tryRule(raw, tables, known)
      if (read.ok) found.push(...read.value)
      else rejected.push({ id, reason: 'rule-invalid', field: read.error.field ?? '' })
    }
  }
  return ok({ set: { edition, rules: found, sources }, rejected })
}

function tryRule(raw: unknown, tables: RateTables, sources: ReadonlySet<string>): Result<DestinationRule[]> {
  try {
    return ok(readRule(raw, tables, sources))
  } catch (error) {
    if (error instanceof NotWellMade) return err(refusal('rule-invalid', error.field))
    throw error
  }
}

/** Null when it is no JSON, or one that goes deeper than any row: what walks over it later may do so without a guard. */
function parseFlat(text: string): unknown {
  if (!isShallow(text)) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** By hand: a pattern that skips strings of a hostile file runs out of stack or of time. */
function isShallow(text: string): boolean {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const mark = text.charAt(i)
    if (quoted && mark === '\\') i++
    else if (mark === '"') quoted = !quoted
    else if (quoted) continue
    else if (mark === '{' || mark === '[') depth++
    else if (mark === '}' || mark === ']') depth--
    if (depth > MOST_DEPTH) return false
  }
  return true
}

/** What names no source is left out; rows that rest on it are then left out too. */
function readSources(raw: unknown): Record<string, RuleSource> {
  const sources: Record<string, RuleSource> = {}
  for (const [id, source] of Object.entries(isJson(raw) ? raw : {})) {
    if (!isJson(source) || !isWords(source['title']) || id === '__proto__') continue
    const { title, url = '', dated = '' } = source
    if (typeof url !== 'string' || typeof dated !== 'string' || dated.length > 60) continue
    if (url !== '' && !/^https:\/\/[^\s]{3,1000}$/.test(url)) continue
    sources[id] = { title, url, dated }
  }
  return sources
}

function readTables(raw: unknown): RateTables {
  const tables: Record<string, Record<string, string>> = {}
  for (const [name, rates] of Object.entries(isJson(raw) ? raw : {})) {
    if (!isJson(rates) || name === '__proto__') continue
    tables[name] = Object.fromEntries(
      Object.entries(rates).filter((each): each is [string, string] => isShare(each[1])),
    )
  }
  return tables
}

function isShare(value: unknown): boolean {
  try {
    return readShare(value, '') !== ''
  } catch {
    return false
  }
}

function countIds(rows: readonly unknown[]): Map<string, number> {
  const times = new Map<string, number>()
  for (const raw of rows) {
    const id = idOf(raw)
    if (id !== null) times.set(id, (times.get(id) ?? 0) + 1)
  }
  return times
}

function idOf(raw: unknown): string | null {
  const id = isJson(raw) ? raw['id'] : undefined
  return typeof id === 'string' && id !== '' ? id.slice(0, 80) : null
}

function refusal(reason: string, field?: string): Issue {
  return issue('malformed', { reason, field })
}
