import { money } from '#core/money/money.ts'
import type { RemoteOrderLine } from '#core/order/order.ts'
import { ok, type Result } from '#core/shared/result.ts'
import { toMoney, toRounded } from '#core/connectors/_kit/decimal-money.ts'
import { readItemMoney, type ItemMoney } from '#core/connectors/amazon/mapping/item-money.ts'
import type { ItemWire } from '#core/connectors/amazon/wire.ts'

/** One line as ours; null when nothing of it is wanted any more. `currency` is the order's, for a line without a price. */
export function toLine(
  item: ItemWire,
  { currency, showsAll }: { currency: string; showsAll: boolean },
): Result<RemoteOrderLine | null, string> {
  // A cancelled order still shows what was ordered.
  const quantity = showsAll ? item.quantityOrdered : quantityOf(item)
  if (quantity === 0) return ok(null)
  const priced = priceOf(item, currency)
  if (!priced.ok) return priced
  return ok({
    remoteLineId: item.orderItemId,
    sku: item.product.sellerSku,
    title: item.product.title === '' ? item.product.asin : item.product.title,
    quantity,
    ...priced.value,
  })
}

/** Pieces that went out or are to go; a line that was cancelled keeps what it had before. */
function quantityOf(item: ItemWire): number {
  if (!isCancelled(item)) return item.quantityOrdered
  const { fulfillment } = item
  return (fulfillment?.quantityFulfilled ?? 0) + (fulfillment?.quantityUnfulfilled ?? 0)
}

/** The line was cancelled, wholly or in part. */
export function isCancelled({ cancellation }: ItemWire): boolean {
  return (cancellation?.cancellationExecution ?? null) !== null
}

type Priced = Pick<RemoteOrderLine, 'unitPrice' | 'discount' | 'tax'>

/** What was paid for one piece, after discounts and with tax; zero for what was given away, e.g. a replacement. */
function priceOf(item: ItemWire, currency: string): Result<Priced, string> {
  const parts = readItemMoney(item)
  if (!parts.ok) return parts
  if (parts.value !== null && item.quantityOrdered > 0) return priceOfParts(parts.value, item.quantityOrdered)
  const wire = item.product.price?.unitPrice ?? null
  if (wire === null) return ok({ unitPrice: money(0, currency) })
  const unitPrice = toMoney(wire)
  return unitPrice.ok ? ok({ unitPrice: unitPrice.value }) : unitPrice
}

function priceOfParts(parts: ItemMoney, quantity: number): Result<Priced, string> {
  const { goods, goodsDiscount, goodsTax, taxIncluded, currency } = parts
  const paid = goods.minus(goodsDiscount).plus(taxIncluded ? 0 : goodsTax)
  const unitPrice = toRounded(paid.dividedBy(quantity), currency)
  const discount = toRounded(goodsDiscount, currency)
  const tax = toRounded(goodsTax, currency)
  if (!unitPrice.ok) return unitPrice
  if (!discount.ok) return discount
  return tax.ok ? ok({ unitPrice: unitPrice.value, discount: discount.value, tax: tax.value }) : tax
}
