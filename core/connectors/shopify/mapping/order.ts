import { remoteOrderSchema } from '#core/contracts/values.ts'
import type { Address } from '#core/address/address.ts'
import type { RemoteFulfilment, RemoteOrder, RemoteOrderLine } from '#core/order/order.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import { toMoney, toRounded, toUnits } from '#core/connectors/_kit/decimal-money.ts'
import { toCharges, toLineParts } from '#core/connectors/shopify/mapping/charges.ts'
import { CODED_PROVINCES, FULFILMENT_VOID, SHIPPABLE, statusOf } from '#core/connectors/shopify/units.ts'
import { orderWireSchema, type LineWire, type OrderWire } from '#core/connectors/shopify/wire.ts'

/** One order of the wire as ours, or in one line why not. All its lines must be there. */
export function parseOrder(raw: unknown): Result<RemoteOrder, string> {
  const wire = parseWith(orderWireSchema, raw)
  return wire.ok ? toRemoteOrder(wire.value) : wire
}

/** Wire → canonical. The result is held to the contract here, so that one odd order never fails its whole page. */
export function toRemoteOrder(wire: OrderWire): Result<RemoteOrder, string> {
  const total = toMoney(wire.currentTotalPriceSet.shopMoney)
  if (!total.ok) return total
  const lines = toLines(wire)
  if (!lines.ok) return lines
  const shipBy = latestShipping(wire)
  const charges = toCharges(wire)
  const sent = wire.fulfillments.filter(({ status }) => !FULFILMENT_VOID.has(status))
  const order: RemoteOrder = {
    remoteId: wire.id,
    number: wire.name === '' ? wire.id : wire.name,
    ...statusOf({
      isCancelled: wire.cancelledAt !== null,
      financial: wire.displayFinancialStatus,
      fulfilment: wire.displayFulfillmentStatus,
      isDelivered: sent.length > 0 && sent.every(hasArrived),
      needsShipping: wire.requiresShipping ?? true,
    }),
    placedAt: wire.createdAt,
    updatedAt: wire.updatedAt,
    ...(shipBy === null ? {} : { shipBy }),
    currency: total.value.currency,
    total: total.value,
    ...(charges === null ? {} : { charges }),
    buyerName: (wire.shippingAddress?.name || (wire.billingAddress?.name ?? '')).trim(),
    buyerEmail: wire.email,
    shipTo: toAddress(wire),
    lines: lines.value,
    fulfilments: sent.map(toFulfilment),
  }
  return parseWith(remoteOrderSchema, order)
}

function toLines(wire: OrderWire): Result<RemoteOrderLine[], string> {
  const lines: RemoteOrderLine[] = []
  for (const line of wire.lineItems.nodes) {
    // A cancelled order still shows what was ordered.
    const quantity = wire.cancelledAt === null ? line.currentQuantity : line.quantity
    if (quantity === 0) continue
    const unitPrice = toUnitPrice(line, wire.taxesIncluded ?? false)
    if (!unitPrice.ok) return err(`lineItems: ${unitPrice.error}`)
    lines.push({
      remoteLineId: line.id,
      sku: line.sku,
      title: line.name,
      quantity,
      unitPrice: unitPrice.value,
      ...toLineParts(line, quantity),
    })
  }
  return ok(lines)
}

/** What was paid for one piece: after all discounts, and with tax, which Shopify adds apart where prices are net. */
function toUnitPrice(line: LineWire, taxesIncluded: boolean): Result<RemoteOrderLine['unitPrice'], string> {
  const { shopMoney } = line.discountedUnitPriceAfterAllDiscountsSet
  const unit = toUnits(shopMoney)
  if (!unit.ok) return unit
  let gross = unit.value
  for (const { priceSet } of taxesIncluded || line.quantity === 0 ? [] : line.taxLines) {
    const tax = toUnits(priceSet.shopMoney)
    if (!tax.ok) return tax
    gross = gross.plus(tax.value.dividedBy(line.quantity))
  }
  return toRounded(gross, shopMoney.currencyCode)
}

function toFulfilment(wire: OrderWire['fulfillments'][number]): RemoteFulfilment {
  const [tracking] = wire.trackingInfo
  return {
    remoteId: wire.id,
    state: wire.displayStatus === '' ? wire.status : wire.displayStatus,
    carrier: tracking?.company ?? '',
    trackingNumber: tracking?.number ?? '',
  }
}

function hasArrived({ deliveredAt, displayStatus }: OrderWire['fulfillments'][number]): boolean {
  return deliveredAt !== null || displayStatus === 'DELIVERED'
}

/** The earliest of the latest moments that its locations were given; null when none was. */
function latestShipping({ fulfillmentOrders }: OrderWire): number | null {
  const times = (fulfillmentOrders?.nodes ?? [])
    .filter(({ status }) => SHIPPABLE.has(status))
    .flatMap(({ fulfillBy }) => fulfillBy ?? [])
  return times.length === 0 ? null : Math.min(...times)
}

/** Null also when the app may not see buyers' data (protected customer data). */
function toAddress({ shippingAddress: wire, email }: OrderWire): Address | null {
  if (wire === null) return null
  const country = wire.countryCodeV2.trim().toUpperCase()
  const isCoded = CODED_PROVINCES.has(country) && wire.provinceCode !== ''
  const address: Address = {
    name: wire.name.trim(),
    company: wire.company.trim(),
    line1: wire.address1.trim(),
    line2: wire.address2.trim(),
    city: wire.city.trim(),
    region: (isCoded ? wire.provinceCode : wire.province).trim(),
    postcode: wire.zip.trim(),
    country,
    phone: wire.phone.trim(),
    email: '',
  }
  const isEmpty = Object.values(address).every((part) => part === '')
  return isEmpty ? null : { ...address, email }
}
