/**
 * JSON in one form per value: keys in order of their code units, no blanks, keys without a value left out. Two values that
 * are equal give the same text, however they were built or stored.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  return Array.isArray(value) ? listText(value) : recordText(value as Record<string, unknown>)
}

// One text that grows: lists of parts to be joined cost more than the parts.
function listText(list: readonly unknown[]): string {
  let text = ''
  for (const each of list) text += text === '' ? canonicalJson(each) : `,${canonicalJson(each)}`
  return `[${text}]`
}

function recordText(record: Record<string, unknown>): string {
  let text = ''
  for (const key of Object.keys(record).sort()) {
    const value = record[key]
    if (value === undefined) continue
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(value)}`
  }
  return `{${text}}`
}
