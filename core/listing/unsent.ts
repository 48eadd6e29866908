import type { FieldChange } from '#core/shared/field-change.ts'
import { changeText } from '#core/shared/field-change.ts'
import type { OutboxKind, OutboxRow } from '#core/sync/outbox.ts'
import { fieldName } from '#core/listing/fields.ts'

/** Rows that change a listing. */
export const LISTING_KINDS = [
  'push-listing',
  'push-price',
  'push-stock',
] as const satisfies readonly OutboxKind[]
export type ListingChange = OutboxRow<(typeof LISTING_KINDS)[number]>

export function isListingChange(row: OutboxRow): row is ListingChange {
  return (LISTING_KINDS as readonly OutboxKind[]).includes(row.kind)
}

/** Names of the fields that a row changes. */
export function fieldsOf(row: ListingChange): string[] {
  switch (row.kind) {
    case 'push-listing':
      return row.payload.changes.map(({ locale, part }) => fieldName({ kind: 'content', locale, part }))
    case 'push-price': {
      const { offerRemoteId, value, market } = row.payload
      return [fieldName({ kind: 'price', offerRemoteId, currency: value.currency, market })]
    }
    case 'push-stock':
      return [fieldName({ kind: 'stock', offerRemoteId: row.payload.offerRemoteId })]
  }
}

/** What a row would have the remote say, by field; a difference of stock says no amount. */
export function valuesOf(row: ListingChange): [field: string, value: unknown][] {
  if (row.kind === 'push-stock') return []
  if (row.kind === 'push-price') return fieldsOf(row).map((field) => [field, row.payload.value])
  const fields = fieldsOf(row)
  return row.payload.changes.map(({ value }, i) => [fields[i] ?? '', value])
}

/**
 * What sending it changes at the shop, field by field. `there` is what the shop last said; of stock only with it can an amount
 * be told.
 */
export function plannedListingChanges(
  row: ListingChange,
  there: ReadonlyMap<string, unknown>,
): FieldChange[] {
  const [field = ''] = fieldsOf(row)
  const now = there.get(field)
  switch (row.kind) {
    case 'push-listing':
      return row.payload.changes.map(({ locale, part, before, value }) => ({
        field: fieldName({ kind: 'content', locale, part }),
        ...{ from: changeText(before), to: changeText(value) },
      }))
    case 'push-price':
      return [{ field, from: changeText(row.payload.before), to: changeText(row.payload.value) }]
    case 'push-stock': {
      const { delta } = row.payload
      const signed = `${delta > 0 ? '+' : ''}${delta}`
      return typeof now === 'number'
        ? [{ field, from: String(now), to: `${now + delta} (${signed})` }]
        : [{ field, from: null, to: signed }]
    }
  }
}

/** True while nobody can say what the remote has of this field: it is being sent, or an attempt on stock may have arrived. */
export function isOpenQuestion(row: ListingChange): boolean {
  return row.state === 'leased' || (row.kind === 'push-stock' && row.inFlight)
}
