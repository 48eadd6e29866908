import type { OrderCharges } from '#core/order/order.ts'
import { exact, type Exact } from '#core/money/exact.ts'
import type { Money } from '#core/money/money.ts'
import { toMoney, toRounded, toUnits } from '#core/connectors/_kit/decimal-money.ts'
import type { BagWire, LineWire, OrderWire } from '#core/connectors/shopify/wire.ts'

/**
 * What came off a line and the tax on it, for the pieces that are left of it. Shopify says both for all that were ever ordered. A part that
 * cannot be read is left out.
 */
export function toLineParts(line: LineWire, pieces: number): { discount?: Money; tax?: Money } {
  const { currencyCode } = line.discountedUnitPriceAfterAllDiscountsSet.shopMoney
  const share = (units: Exact | null): Money | null =>
    units === null || line.quantity === 0
      ? null
      : round(units.times(pieces).dividedBy(line.quantity), currencyCode)
  const discount = share(discountOf(line))
  const tax = share(sum(line.taxLines.map(({ priceSet }) => priceSet)))
  return { ...(discount === null ? {} : { discount }), ...(tax === null ? {} : { tax }) }
}

/**
 * How the total comes about, of what is left of the order, in the shop's currency; null when a part of it cannot be read, and for a cancelled
 * order, of which nothing is left. Duties, tips and fees of the shop are part of the total alone.
 */
export function toCharges(wire: OrderWire): OrderCharges | null {
  const { shopMoney, presentmentMoney } = wire.currentTotalPriceSet
  const { currencyCode } = shopMoney
  const shipping = wire.shippingLines === null ? null : sumShipping(wire.shippingLines.nodes)
  const lines = sumLines(wire.lineItems.nodes)
  if (wire.cancelledAt !== null || shipping === null || lines === null || wire.currentTotalTaxSet === null)
    return null
  const parts = {
    goods: round(lines.goods, currencyCode),
    discount: round(lines.discount.plus(shipping.discount), currencyCode),
    shipping: round(shipping.price, currencyCode),
    tax: toMoneyOrNull(wire.currentTotalTaxSet.shopMoney),
  }
  const { goods, discount, shipping: sent, tax } = parts
  if (goods === null || discount === null || sent === null || tax === null) return null
  const isForeign = presentmentMoney !== null && presentmentMoney.currencyCode !== currencyCode
  const presented = isForeign ? toMoneyOrNull(presentmentMoney) : null
  return {
    ...{ goods, discount, shipping: sent, tax, taxIncluded: wire.taxesIncluded ?? false },
    ...(presented === null ? {} : { presented }),
  }
}

function sumLines(lines: readonly LineWire[]): { goods: Exact; discount: Exact } | null {
  let [goods, discount] = [exact(0), exact(0)]
  for (const line of lines) {
    const unit = line.originalUnitPriceSet === null ? null : unitsOf(line.originalUnitPriceSet)
    const taken = discountOf(line)
    if (unit === null || taken === null) return null
    goods = goods.plus(unit.times(line.currentQuantity))
    if (line.quantity > 0)
      discount = discount.plus(taken.times(line.currentQuantity).dividedBy(line.quantity))
  }
  return { goods, discount }
}

/** Before discounts, less what of it was given back; and what discounts take off it. */
function sumShipping(
  lines: NonNullable<OrderWire['shippingLines']>['nodes'],
): { price: Exact; discount: Exact } | null {
  let [price, discount] = [exact(0), exact(0)]
  for (const { originalPriceSet, discountedPriceSet, currentDiscountedPriceSet } of lines) {
    const [original, charged, left] = [originalPriceSet, discountedPriceSet, currentDiscountedPriceSet].map(
      (bag) => (bag === null ? null : unitsOf(bag)),
    )
    if (!original || !charged || !left) return null
    price = price.plus(original).minus(charged).plus(left)
    discount = discount.plus(original).minus(charged)
  }
  return { price, discount }
}

/** Of the line itself and its part of those on the whole order. */
function discountOf({ discountAllocations }: LineWire): Exact | null {
  return discountAllocations === null
    ? null
    : sum(discountAllocations.map(({ allocatedAmountSet }) => allocatedAmountSet))
}

function sum(bags: readonly BagWire[]): Exact | null {
  let total = exact(0)
  for (const bag of bags) {
    const units = unitsOf(bag)
    if (units === null) return null
    total = total.plus(units)
  }
  return total
}

function unitsOf({ shopMoney }: BagWire): Exact | null {
  const units = toUnits(shopMoney)
  return units.ok ? units.value : null
}

function round(units: Exact, currencyCode: string): Money | null {
  const rounded = toRounded(units, currencyCode)
  return rounded.ok ? rounded.value : null
}

function toMoneyOrNull(wire: { amount: string; currencyCode: string }): Money | null {
  const read = toMoney(wire)
  return read.ok ? read.value : null
}
