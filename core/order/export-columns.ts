import { findExponent } from '#core/money/currencies.ts'
import type { Order } from '#core/order/order.ts'
import { queueOf } from '#core/order/order-row.ts'

/** What a file of orders can say of each; one row an order. */
export const EXPORT_COLUMNS = [
  'number',
  'shop',
  'queue',
  'blocked',
  'placed',
  'ship-by',
  'buyer',
  'email',
  'name',
  'company',
  'address1',
  'address2',
  'postcode',
  'city',
  'region',
  'country',
  'phone',
  'items',
  'skus',
  'total',
  'currency',
  'service',
  'tracking',
  'tags',
  'assignee',
  'note',
] as const
export type ExportColumn = (typeof EXPORT_COLUMNS)[number]

/** What a file of orders is to hold. */
export interface OrdersFile {
  columns: readonly ExportColumn[]
  /** One for each column. */
  titles: readonly string[]
  /** Begins with a mark that says UTF-8, without which some spreadsheets guess. */
  mark: boolean
}

export interface ExportNames {
  shop: (connectionId: string) => string
}

/**
 * A cell of a file of orders. Times are ISO 8601 in UTC, amounts plain decimals (their currency is a column of its own), names of queues
 * and reasons those of the program, so that a file reads the same whatever the language on screen.
 */
export function exportCell(column: ExportColumn, order: Order, { shop }: ExportNames): string | number {
  const { shipTo } = order
  switch (column) {
    case 'number':
      return order.number
    case 'shop':
      return shop(order.connectionId)
    case 'queue':
      return queueOf(order)
    case 'blocked':
      return order.blocked ?? ''
    case 'placed':
      return isoTime(order.placedAt)
    case 'ship-by':
      return isoTime(order.shipBy)
    case 'buyer':
      return order.buyerName
    case 'email':
      return order.buyerEmail
    case 'address1':
      return shipTo?.line1 ?? ''
    case 'address2':
      return shipTo?.line2 ?? ''
    case 'name':
    case 'company':
    case 'postcode':
    case 'city':
    case 'region':
    case 'country':
    case 'phone':
      return shipTo?.[column] ?? ''
    case 'items':
      return order.lines.reduce((sum, { quantity }) => sum + quantity, 0)
    case 'skus':
      return order.lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join('; ')
    case 'total':
      return decimal(order.total.minor, order.total.currency)
    case 'currency':
      return order.total.currency
    case 'service':
      return order.service ?? ''
    case 'tracking':
      return order.trackingNumber
    case 'tags':
      return (order.tags ?? []).join('; ')
    case 'assignee':
      return order.assignee ?? ''
    case 'note':
      return order.note
  }
}

function isoTime(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString()
}

/** 1290 of EUR is 12.90; of a currency that is not known here, its smallest units. Text that begins with a minus would be no amount. */
function decimal(minor: number, currency: string): string | number {
  const exponent = findExponent(currency)
  if (!exponent.ok) return minor
  const text = (minor / 10 ** exponent.value).toFixed(exponent.value)
  return minor < 0 ? Number(text) : text
}
