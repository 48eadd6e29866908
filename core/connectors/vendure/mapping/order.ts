import { remoteOrderSchema } from '#core/contracts/values.ts'
import type { Address } from '#core/address/address.ts'
import type { RemoteOrder, RemoteOrderLine } from '#core/order/order.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import { orderWireSchema, type OrderWire } from '#core/connectors/vendure/wire.ts'
import { toMoney } from '#core/connectors/vendure/mapping/money.ts'
import { FULFILMENT_VOID, statusOfState } from '#core/connectors/vendure/units.ts'

/** One order of the wire as ours, or in one line why not. */
export function parseOrder(raw: unknown, precision: number): Result<RemoteOrder, string> {
  const wire = parseWith(orderWireSchema, raw)
  return wire.ok ? toRemoteOrder(wire.value, precision) : wire
}

/** Wire → canonical. The result is held to the contract here, so that one odd order never fails its whole page. */
export function toRemoteOrder(wire: OrderWire, precision: number): Result<RemoteOrder, string> {
  const total = toMoney(wire.totalWithTax, wire.currencyCode, precision)
  if (!total.ok) return total
  const lines = toLines(wire, precision)
  if (!lines.ok) return lines
  const order: RemoteOrder = {
    remoteId: wire.id,
    number: wire.code === '' ? wire.id : wire.code,
    status: statusOfState(wire.state),
    rawStatus: wire.state,
    placedAt: wire.orderPlacedAt,
    updatedAt: wire.updatedAt,
    currency: wire.currencyCode,
    total: total.value,
    buyerName: toBuyerName(wire),
    buyerEmail: wire.customer?.emailAddress ?? '',
    shipTo: toAddress(wire),
    lines: lines.value,
    // A cancelled fulfilment ships nothing; its number must not look like the order's.
    fulfilments: wire.fulfillments
      .filter(({ state }) => state !== FULFILMENT_VOID)
      .map(({ id, state, method, trackingCode }) => ({
        remoteId: id,
        state,
        carrier: method,
        trackingNumber: trackingCode,
      })),
  }
  return parseWith(remoteOrderSchema, order)
}

function toLines(wire: OrderWire, precision: number): Result<RemoteOrderLine[], string> {
  const lines: RemoteOrderLine[] = []
  for (const line of wire.lines) {
    // Cancelling lowers `quantity`, to 0 for a whole line. A cancelled order still shows what was ordered.
    const quantity =
      wire.state === 'Cancelled' && line.quantity === 0 ? (line.orderPlacedQuantity ?? 0) : line.quantity
    if (quantity === 0 && wire.state !== 'Cancelled') continue
    const paid = line.proratedUnitPriceWithTax ?? line.unitPriceWithTax
    const unitPrice = toMoney(paid, wire.currencyCode, precision)
    if (!unitPrice.ok) return err(`lines: ${unitPrice.error}`)
    lines.push({
      remoteLineId: line.id,
      sku: line.productVariant?.sku ?? '',
      title: line.productVariant?.name ?? '',
      quantity,
      unitPrice: unitPrice.value,
    })
  }
  return ok(lines)
}

/** As the buyer wrote it where that is the same person: 見本 花子, not the form's 花子 見本. */
function toBuyerName({ customer, shippingAddress }: OrderWire): string {
  const written = shippingAddress?.fullName.trim() ?? ''
  const first = customer?.firstName.trim() ?? ''
  const last = customer?.lastName.trim() ?? ''
  if (written !== '' && written.includes(first) && written.includes(last)) return written
  return `${first} ${last}`.trim()
}

function toAddress({ shippingAddress, customer }: OrderWire): Address | null {
  if (shippingAddress === null) return null
  const address: Address = {
    name: shippingAddress.fullName.trim(),
    company: shippingAddress.company.trim(),
    line1: shippingAddress.streetLine1.trim(),
    line2: shippingAddress.streetLine2.trim(),
    city: shippingAddress.city.trim(),
    region: shippingAddress.province.trim(),
    postcode: shippingAddress.postalCode.trim(),
    country: shippingAddress.countryCode.trim().toUpperCase(),
    phone: shippingAddress.phoneNumber.trim(),
    email: '',
  }
  const empty = Object.values(address).every((part) => part === '')
  return empty ? null : { ...address, email: customer?.emailAddress ?? '' }
}
