import { remoteOrderSchema } from '#core/contracts/values.ts'
import type { Address } from '#core/address/address.ts'
import type { RemoteFulfilment, RemoteOrder, RemoteOrderLine } from '#core/order/order.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import { readCharges } from '#core/connectors/amazon/mapping/charges.ts'
import { isCancelled, toLine } from '#core/connectors/amazon/mapping/line.ts'
import { readTotal } from '#core/connectors/amazon/mapping/total.ts'
import { CONSIGNEE_ID_TYPES, PACKAGE_VOID, statusOf } from '#core/connectors/amazon/units.ts'
import { orderWireSchema, type OrderWire, type PackageWire } from '#core/connectors/amazon/wire.ts'

/** One order of the wire as ours, or in one line why not. */
export function parseOrder(raw: unknown): Result<RemoteOrder, string> {
  const wire = parseWith(orderWireSchema, raw)
  return wire.ok ? toRemoteOrder(wire.value) : wire
}

/** Wire → canonical. The result is held to the contract here, so that one odd order never fails its whole page. */
export function toRemoteOrder(wire: OrderWire): Result<RemoteOrder, string> {
  const total = readTotal(wire)
  if (!total.ok) return total
  const sent = wire.packages.filter((parcel) => !isVoid(parcel))
  const state = statusOf({
    fulfilment: wire.fulfillment?.fulfillmentStatus ?? '',
    isByAmazon: isByAmazon(wire),
    isCancelRequested: wire.orderItems.some(isCancelRequested),
    isDelivered: sent.length > 0 && sent.every(({ packageStatus }) => packageStatus?.status === 'DELIVERED'),
  })
  const lines = toLines(wire, { currency: total.value.currency, showsAll: state.status === 'cancelled' })
  if (!lines.ok) return lines
  const charges = readCharges(wire, total.value.currency)
  const order: RemoteOrder = {
    ...{ remoteId: wire.orderId, number: wire.orderId },
    ...state,
    placedAt: wire.createdTime,
    updatedAt: wire.lastUpdatedTime,
    ...numbersOf(wire),
    ...{ currency: total.value.currency, total: total.value },
    ...(charges === null ? {} : { charges }),
    buyerName: (wire.recipient?.deliveryAddress?.name || (wire.buyer?.buyerName ?? '')).trim(),
    buyerEmail: wire.buyer?.buyerEmail ?? '',
    shipTo: toAddress(wire),
    lines: lines.value,
    fulfilments: sent.map(toFulfilment),
  }
  return parseWith(remoteOrderSchema, order)
}

/** Amazon packs and sends it (FBA). */
export function isByAmazon({ fulfillment }: OrderWire): boolean {
  return fulfillment?.fulfilledBy === 'AMAZON'
}

export function isVoid({ packageStatus }: PackageWire): boolean {
  return PACKAGE_VOID.has(packageStatus?.status ?? '')
}

function isCancelRequested(item: OrderWire['orderItems'][number]): boolean {
  return (item.cancellation?.cancellationRequest ?? null) !== null && !isCancelled(item)
}

function toLines(
  wire: OrderWire,
  about: { currency: string; showsAll: boolean },
): Result<RemoteOrderLine[], string> {
  const lines: RemoteOrderLine[] = []
  for (const item of wire.orderItems) {
    const line = toLine(item, about)
    if (!line.ok) return err(`orderItems: ${line.error}`)
    if (line.value !== null) lines.push(line.value)
  }
  return ok(lines)
}

/** The promised moment, and the numbers for customs that came with the order. */
function numbersOf(wire: OrderWire): Pick<RemoteOrder, 'shipBy' | 'marketplaceTaxId' | 'consigneeId'> {
  const shipBy = wire.fulfillment?.shipByWindow?.latestDateTime ?? null
  const ioss = wire.orderItems
    .map(({ fulfillment }) => fulfillment?.shipping?.internationalShipping?.iossNumber ?? '')
    .find((number) => number !== '')
  const consignee = wire.tax?.taxRegistrations.find(
    ({ entityType, taxRegistrationType, taxRegistrationNumber }) =>
      entityType === 'BUYER' && CONSIGNEE_ID_TYPES.has(taxRegistrationType) && taxRegistrationNumber !== '',
  )
  return {
    ...(shipBy === null ? {} : { shipBy }),
    ...(ioss === undefined ? {} : { marketplaceTaxId: ioss }),
    ...(consignee === undefined ? {} : { consigneeId: consignee.taxRegistrationNumber }),
  }
}

function toFulfilment({
  packageReferenceId,
  packageStatus,
  carrier,
  trackingNumber,
}: PackageWire): RemoteFulfilment {
  return { remoteId: packageReferenceId, state: packageStatus?.status ?? '', carrier, trackingNumber }
}

/** Null also when the app lacks the role for it: Direct-to-Consumer Delivery. */
function toAddress({ recipient, buyer }: OrderWire): Address | null {
  const wire = recipient?.deliveryAddress ?? null
  if (wire === null) return null
  const [line1 = '', ...more] = [wire.addressLine1, wire.addressLine2, wire.addressLine3]
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const address: Address = {
    name: wire.name.trim(),
    company: wire.companyName.trim(),
    line1,
    line2: more.join(', '),
    city: (wire.city || wire.municipality || wire.districtOrCounty).trim(),
    region: (wire.stateOrRegion || wire.districtOrCounty).trim(),
    postcode: wire.postalCode.trim(),
    country: wire.countryCode.trim().toUpperCase(),
    phone: wire.phone.trim(),
    email: '',
  }
  const isEmpty = Object.values(address).every((part) => part === '')
  return isEmpty ? null : { ...address, email: buyer?.buyerEmail ?? '' }
}
