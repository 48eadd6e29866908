import type { FieldChange } from '#core/shared/field-change.ts'
import type { DestinationRule, RuleSet } from '#core/customs/rules/rule.ts'

/** A row that both editions have, and what differs, by field; `from` is what is in force. */
export interface ChangedRule {
  rule: DestinationRule
  changes: readonly FieldChange[]
}

export interface RuleDiff {
  added: readonly DestinationRule[]
  changed: readonly ChangedRule[]
  removed: readonly DestinationRule[]
  same: number
}

/** What another edition would change, row by row; a row for many countries counts once. In the order of ids. */
export function diffRules(now: RuleSet, next: RuleSet): RuleDiff {
  const [here, there] = [byId(now), byId(next)]
  const both = [...there].flatMap(([id, rows]) => {
    const before = here.get(id)
    return before === undefined ? [] : [changesOf(before, now, rows, next)]
  })
  const changed = both.filter(({ changes }) => changes.length > 0)
  return {
    added: without(there, here),
    changed: changed.sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1)),
    removed: without(here, there),
    same: both.length - changed.length,
  }
}

type RowsById = ReadonlyMap<string, readonly DestinationRule[]>

function byId({ rules }: RuleSet): Map<string, DestinationRule[]> {
  const rows = new Map<string, DestinationRule[]>()
  for (const rule of rules) rows.set(rule.id, [...(rows.get(rule.id) ?? []), rule])
  return rows
}

function without(rows: RowsById, others: RowsById): DestinationRule[] {
  return [...rows]
    .filter(([id]) => !others.has(id))
    .flatMap(([, [rule]]) => rule ?? [])
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

function changesOf(
  before: readonly DestinationRule[],
  now: RuleSet,
  after: readonly DestinationRule[],
  next: RuleSet,
): ChangedRule {
  const [from, to] = [flatten(before, now), flatten(after, next)]
  const fields = [...new Set([...from.keys(), ...to.keys()])].sort()
  const changes = fields.flatMap((field): FieldChange[] => {
    const change = { field, from: from.get(field) ?? null, to: to.get(field) ?? null }
    return change.from === change.to ? [] : [change]
  })
  return { rule: after[0] as DestinationRule, changes }
}

/** What people know a row by, or what is told in another way. */
const UNSAID = ['id', 'country', 'series', 'sources']

/** Every value of a row under its path, as text; the tax by country where countries differ. */
function flatten(rows: readonly DestinationRule[], { sources }: RuleSet): Map<string, string> {
  const fields = new Map<string, string>()
  const [first] = rows
  if (first === undefined) return fields
  for (const [key, value] of Object.entries(first)) if (!UNSAID.includes(key)) walk(value, key, fields)
  const named = first.sources.map((id) => [sources[id]?.title ?? id, sources[id]?.url ?? ''].join(' ').trim())
  fields.set('sources', named.join('; '))
  if (rows.length === 1) return fields
  for (const field of ['tax.low', 'tax.high']) fields.delete(field)
  for (const { country, tax } of rows) if (tax?.kind === 'rate') fields.set(`tax.rate.${country}`, tax.high)
  return fields
}

function walk(value: unknown, path: string, into: Map<string, string>): void {
  if (value === null || value === undefined) return
  if (value instanceof RegExp) into.set(path, value.source)
  else if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) {
    if (value.length > 0) into.set(path, value.join(', '))
  } else if (typeof value === 'object')
    for (const [key, each] of Object.entries(value)) walk(each, `${path}.${key}`, into)
  else into.set(path, JSON.stringify(value).replace(/^"(.*)"$/, '$1'))
}
