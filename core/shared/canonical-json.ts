/**
 * JSON in one form per value: keys in order of their code units, no blanks, keys without a value left out. Two values that
 * are equal give the same text, however they were built or stored.
 */
export function canonicalJson(value: unknown): string {
  const ordered = inOrder(value)
  return ordered === UNORDERED ? textOf(value) : JSON.stringify(ordered)
}

/** An object cannot keep these keys where they belong. */
const UNORDERED = Symbol('unordered')
const OUT_OF_ORDER = /^(\d+|__proto__)$/

/** The same value with its keys in order, for the engine to write in one go; `UNORDERED` when it has keys that cannot be. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? null
  if (Array.isArray(value)) {
    const list = value.map(inOrder)
    return list.includes(UNORDERED) ? UNORDERED : list
  }
  const record = value as Record<string, unknown>
  const ordered: Record<string, unknown> = {}
  for (const key of Object.keys(record).sort()) {
    if (record[key] === undefined) continue
    const each = inOrder(record[key])
    if (each === UNORDERED || OUT_OF_ORDER.test(key)) return UNORDERED
    ordered[key] = each
  }
  return ordered
}

/** The same, piece by piece. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const record = value as Record<string, unknown>
  const keys = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${textOf(record[key])}`).join(',')}}`
}
