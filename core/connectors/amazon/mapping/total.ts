import { exact, type Exact } from '#core/money/exact.ts'
import { money, type Money } from '#core/money/money.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { toMoney, toRounded, toUnits } from '#core/connectors/_kit/decimal-money.ts'
import { findMarketplace } from '#core/connectors/amazon/marketplaces.ts'
import type { ItemWire, MoneyWire, OrderWire } from '#core/connectors/amazon/wire.ts'

/**
 * What the order comes to. One that waits for its payment may say nothing of it, or only of its lines; then these are added up, and one without
 * any amount is zero in its marketplace's currency. Fails where not even that is known.
 */
export function readTotal(wire: OrderWire): Result<Money, string> {
  const { grandTotal = null } = wire.proceeds ?? {}
  if (grandTotal !== null) return toMoney(grandTotal)
  const amounts = wire.orderItems.flatMap((item) => amountOf(item) ?? [])
  const [first] = amounts
  if (first === undefined) {
    const market = findMarketplace(wire.salesChannel?.marketplaceId ?? '')
    return market === null ? err('proceeds: no amount and no currency') : ok(money(0, market.currency))
  }
  let sum = exact(0)
  for (const { of, times } of amounts) {
    if (of.currencyCode !== first.of.currencyCode) return err('proceeds: two currencies')
    const units = toUnits(of)
    if (!units.ok) return units
    sum = sum.plus(units.value.times(times))
  }
  return toRounded(sum, first.of.currencyCode)
}

function amountOf({ proceeds, product, quantityOrdered }: ItemWire): { of: MoneyWire; times: Exact } | null {
  const total = proceeds?.proceedsTotal ?? null
  if (total !== null) return { of: total, times: exact(1) }
  const unitPrice = product.price?.unitPrice ?? null
  return unitPrice === null ? null : { of: unitPrice, times: exact(quantityOrdered) }
}
