import { sameJson } from '#core/shared/same-json.ts'

/** A record as fields by name; a field that is not there is absent. Values are JSON: amounts, texts, money. */
export type Fields = ReadonlyMap<string, unknown>

/**
 * What becomes of a field that both sides changed: a person is asked; the remote's word counts; or both differences add up
 * (whole numbers; a sum below `least` is asked about). `always`: it counts as changed here even where it is as it was.
 */
export type FieldPolicy =
  { kind: 'ask'; always?: boolean } | { kind: 'remote' } | { kind: 'delta'; least: number }

/** A field that a person has to decide. Undefined: not there. */
export interface FieldConflict {
  field: string
  /** What both sides started from. */
  before: unknown
  here: unknown
  there: unknown
}

export interface Merged {
  /** Every field as it is to be; a field in conflict stays as it is here. */
  fields: Map<string, unknown>
  conflicts: FieldConflict[]
  /** Fields that changed here by taking in what the remote did. */
  taken: string[]
}

/**
 * Merges what was done here and there since `before`, field by field. What only one side changed is taken from it; what both
 * changed alike is taken once (but two equal differences of an amount are two differences).
 */
export function merge3(
  before: Fields,
  here: Fields,
  there: Fields,
  policyOf: (field: string) => FieldPolicy,
): Merged {
  const merged: Merged = { fields: new Map(), conflicts: [], taken: [] }
  for (const field of new Set([...here.keys(), ...there.keys(), ...before.keys()])) {
    const triple = { field, before: before.get(field), here: here.get(field), there: there.get(field) }
    const decided = decide(triple, policyOf(field))
    const value = decided === 'conflict' ? triple.here : decided.value
    if (decided === 'conflict') merged.conflicts.push(triple)
    if (value !== undefined) merged.fields.set(field, value)
    if (!isEqual(value, triple.here)) merged.taken.push(field)
  }
  return merged
}

function decide(
  { before, here, there }: FieldConflict,
  policy: FieldPolicy,
): { value: unknown } | 'conflict' {
  const keepsHere = policy.kind === 'ask' && policy.always === true
  if (isEqual(here, before) && !keepsHere) return { value: there }
  if (isEqual(there, before)) return { value: here }
  if (policy.kind === 'remote') return { value: there }
  if (policy.kind === 'delta' && isWhole(before) && isWhole(here) && isWhole(there)) {
    const sum = there + (here - before)
    return sum >= policy.least ? { value: sum } : 'conflict'
  }
  return isEqual(here, there) ? { value: here } : 'conflict'
}

/** The same value, whatever the order of its keys. */
export const isEqual = sameJson

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}
