import { changeText, type FieldChange } from '#core/shared/field-change.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'

/** What a shop is told of a shipment. */
export interface ShipmentNews {
  trackingNumber: string
  carrier: string
}

/** What a shop takes as a tracking number: letters, digits and dashes, as it stands on the label. */
const TRACKING = /^[A-Za-z0-9][A-Za-z0-9-]{3,39}$/
const LONGEST_CARRIER = 60

/** Trims and checks; `invalid-input` with `trackingNumber` or `carrier` as its field. */
export function checkShipmentNews(input: ShipmentNews): Result<ShipmentNews> {
  const trackingNumber = input.trackingNumber.replace(/\s+/g, '').toUpperCase()
  const carrier = input.carrier.trim()
  if (!TRACKING.test(trackingNumber))
    return err(issue('invalid-input', { reason: 'tracking-number-invalid', field: 'trackingNumber' }))
  if (carrier === '' || carrier.length > LONGEST_CARRIER)
    return err(issue('invalid-input', { reason: 'carrier-invalid', field: 'carrier' }))
  return ok({ trackingNumber, carrier })
}

/**
 * What sending a row about an order changes at the shop, field by field, against what the shop last said (null: nothing is known
 * of it).
 */
export function plannedOrderChanges(
  row: Exclude<OutboxRow, { kind: 'push-listing' | 'push-price' | 'push-stock' }>,
  remote: RemoteOrder | null,
): FieldChange[] {
  if (row.kind === 'note-order')
    return [{ field: 'note', from: changeText(row.payload.before), to: changeText(row.payload.note) }]
  if (row.kind === 'buy-label')
    return [
      { field: 'service', from: null, to: row.payload.service },
      { field: 'country', from: null, to: changeText(row.payload.country) },
    ]
  if (row.kind === 'void-label') return [{ field: 'trackingNumber', from: row.payload.number, to: null }]
  if (row.kind === 'cancel-order')
    return [{ field: 'status', from: remote?.rawStatus ?? null, to: 'cancelled' }]
  const { trackingNumber, carrier } = row.payload
  const there = remote?.fulfilments.find((each) => each.trackingNumber === trackingNumber)
  return [
    { field: 'status', from: remote?.rawStatus ?? null, to: 'shipped' },
    { field: 'trackingNumber', from: there?.trackingNumber ?? null, to: trackingNumber },
    { field: 'carrier', from: there?.carrier ?? null, to: carrier },
  ]
}
