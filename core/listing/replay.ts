import type { ListingChange } from '#core/listing/unsent.ts'
import { fieldsOf, valuesOf } from '#core/listing/unsent.ts'

/** What the fields are once these changes have been made, in their order. */
export function replayChanges(
  fields: ReadonlyMap<string, unknown>,
  rows: readonly ListingChange[],
): Map<string, unknown> {
  const result = new Map(fields)
  for (const row of rows) {
    for (const [field, value] of valuesOf(row)) result.set(field, value)
    if (row.kind !== 'push-stock') continue
    const [field = ''] = fieldsOf(row)
    const amount = result.get(field)
    if (typeof amount === 'number') result.set(field, amount + row.payload.delta)
  }
  return result
}

/** The rows without what they say of these fields; those with nothing left are to be removed. */
export function withoutFields(
  rows: readonly ListingChange[],
  fields: ReadonlySet<string>,
): { put: ListingChange[]; remove: ListingChange[] } {
  const put: ListingChange[] = []
  const remove: ListingChange[] = []
  for (const row of rows) {
    const names = fieldsOf(row)
    if (!names.some((name) => fields.has(name))) continue
    const changes =
      row.kind === 'push-listing' ? row.payload.changes.filter((_, i) => !fields.has(names[i] ?? '')) : []
    if (row.kind === 'push-listing' && changes.length > 0)
      put.push({ ...row, payload: { ...row.payload, changes } })
    else remove.push(row)
  }
  return { put, remove }
}

/** What the fields were before these changes were made: the ground that a merge has to begin from. */
export function undoChanges(
  fields: ReadonlyMap<string, unknown>,
  rows: readonly ListingChange[],
): Map<string, unknown> {
  const result = new Map(fields)
  const put = (field: string, before: unknown): void => {
    if (before === null) result.delete(field)
    else result.set(field, before)
  }
  for (const row of [...rows].reverse()) {
    const names = fieldsOf(row)
    const [first = ''] = names
    if (row.kind === 'push-price') put(first, row.payload.before)
    else if (row.kind === 'push-listing')
      row.payload.changes.forEach(({ before }, i) => put(names[i] ?? '', before))
    else {
      const amount = result.get(first)
      if (typeof amount === 'number') result.set(first, amount - row.payload.delta)
    }
  }
  return result
}
