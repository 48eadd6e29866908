/**
 * Whether two values of JSON are the same, whatever the order of their keys; a key without a value counts as none. Builds nothing: most
 * of what is compared is a record that did not change.
 */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b)
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && sameLists(a, b)
  return sameRecords(a as Record<string, unknown>, b as Record<string, unknown>)
}

function sameLists(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, i) => sameJson(each, b[i]))
}

function sameRecords(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  let held = 0
  for (const key in a) {
    if (a[key] === undefined) continue
    if (b[key] === undefined || !sameJson(a[key], b[key])) return false
    held++
  }
  for (const key in b) if (b[key] !== undefined) held--
  return held === 0
}
