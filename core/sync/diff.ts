import { isEqual, type Fields } from '#core/sync/merge3.ts'

/** A field that differs; undefined where it is not there. */
export interface FieldDifference {
  field: string
  from: unknown
  to: unknown
}

/** What has to be done to `from` to make it `to`, in the order of the fields of `to`, then what `to` has no more. */
export function diff(from: Fields, to: Fields): FieldDifference[] {
  return [...new Set([...to.keys(), ...from.keys()])]
    .map((field) => ({ field, from: from.get(field), to: to.get(field) }))
    .filter((each) => !isEqual(each.from, each.to))
}

/** `from` with the differences done to it. */
export function applyDiff(from: Fields, differences: readonly FieldDifference[]): Map<string, unknown> {
  const to = new Map(from)
  for (const { field, to: value } of differences) {
    if (value === undefined) to.delete(field)
    else to.set(field, value)
  }
  return to
}
