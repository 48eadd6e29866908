import { isEqual } from '#core/sync/merge3.ts'
import type { ContentChange } from '#core/sync/outbox.ts'
import { fieldName } from '#core/listing/fields.ts'
import { fieldsOf, type ListingChange } from '#core/listing/unsent.ts'

export interface Shown {
  /** The rows that still say something the remote does not show. */
  rows: ListingChange[]
  /** Accepted rows of which a part shows by now. */
  put: ListingChange[]
  /** Accepted rows that show by now. */
  remove: ListingChange[]
  /** What they made the remote say, by field: whatever it says otherwise is somebody else's later change. */
  said: Map<string, unknown>
}

/**
 * What the remote took (`accepted`) shows in a reading once the field is no longer as it was before the change: as it was sent, as the
 * remote puts it, or changed again since, by a sale. Until then nobody is asked about it, and it is not sent again.
 */
export function settleShown(rows: readonly ListingChange[], there: ReadonlyMap<string, unknown>): Shown {
  const shown: Shown = { rows: [], put: [], remove: [], said: new Map() }
  for (const row of rows) {
    if (row.state !== 'accepted') shown.rows.push(row)
    else if (row.kind === 'push-listing') settleTexts(row, there, shown)
    else settleAmount(row, there, shown)
  }
  return shown
}

function settleTexts(
  row: Extract<ListingChange, { kind: 'push-listing' }>,
  there: ReadonlyMap<string, unknown>,
  shown: Shown,
): void {
  const isHidden = ({ locale, part, before }: ContentChange): boolean =>
    (there.get(fieldName({ kind: 'content', locale, part })) ?? '') === (before ?? '')
  const { changes } = row.payload
  const hidden = changes.filter(isHidden)
  for (const { locale, part, value } of changes.filter((change) => !isHidden(change)))
    shown.said.set(fieldName({ kind: 'content', locale, part }), value)
  if (hidden.length === 0) return void shown.remove.push(row)
  if (hidden.length === changes.length) return void shown.rows.push(row)
  const rest = { ...row, payload: { ...row.payload, changes: hidden } }
  shown.rows.push(rest)
  shown.put.push(rest)
}

function settleAmount(
  row: Exclude<ListingChange, { kind: 'push-listing' }>,
  there: ReadonlyMap<string, unknown>,
  shown: Shown,
): void {
  const [field = ''] = fieldsOf(row)
  const [before, value] =
    row.kind === 'push-price'
      ? [row.payload.before, row.payload.value]
      : [row.payload.aim?.from, row.payload.aim?.to]
  if (isEqual(there.get(field) ?? null, before ?? null)) return void shown.rows.push(row)
  shown.said.set(field, value)
  shown.remove.push(row)
}
