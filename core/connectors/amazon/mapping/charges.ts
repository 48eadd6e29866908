import { exact, type Exact } from '#core/money/exact.ts'
import type { OrderCharges } from '#core/order/order.ts'
import { toRounded } from '#core/connectors/_kit/decimal-money.ts'
import { readItemMoney, type ItemMoney } from '#core/connectors/amazon/mapping/item-money.ts'
import type { OrderWire } from '#core/connectors/amazon/wire.ts'

/**
 * How the order's total comes about, from what its lines say. Null where a line does not say it, says it in another currency, or has its tax
 * on top when another has it inside: then it would not add up.
 */
export function readCharges({ orderItems }: OrderWire, currency: string): OrderCharges | null {
  const lines: ItemMoney[] = []
  for (const item of orderItems) {
    const read = readItemMoney(item)
    if (!read.ok || (read.value === null && item.quantityOrdered > 0)) return null
    if (read.value !== null) lines.push(read.value)
  }
  const taxed = lines.filter(({ tax }) => !tax.isZero())
  const taxIncluded = taxed.some((line) => line.taxIncluded)
  if (lines.some((line) => line.currency !== currency)) return null
  if (lines.length === 0 || taxed.some((line) => line.taxIncluded !== taxIncluded)) return null
  const sum = (pick: (line: ItemMoney) => Exact) =>
    toRounded(
      lines.reduce((all, line) => all.plus(pick(line)), exact(0)),
      currency,
    )
  // Gift wrap and cash on delivery are sold with the goods.
  const goods = sum(({ goods: pieces, extras }) => pieces.plus(extras))
  const discount = sum((line) => line.discount)
  const shipping = sum((line) => line.shipping)
  const tax = sum((line) => line.tax)
  if (!goods.ok || !discount.ok || !shipping.ok || !tax.ok) return null
  return {
    goods: goods.value,
    discount: discount.value,
    shipping: shipping.value,
    tax: tax.value,
    taxIncluded,
  }
}
