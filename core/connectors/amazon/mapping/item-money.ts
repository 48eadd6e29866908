import { exact, type Exact } from '#core/money/exact.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { toUnits } from '#core/connectors/_kit/decimal-money.ts'
import type { BreakdownWire, ItemWire } from '#core/connectors/amazon/wire.ts'

/** What a line's proceeds are made of, in units of their currency; each of the whole line. */
export interface ItemMoney {
  currency: string
  /** The pieces, before discounts. */
  goods: Exact
  /** Off the pieces; never negative. */
  goodsDiscount: Exact
  /** Off the pieces and everything else. */
  discount: Exact
  shipping: Exact
  /** Gift wrap, cash on delivery and what has no name. */
  extras: Exact
  goodsTax: Exact
  tax: Exact
  /** The amounts above have the tax in them; else it comes on top. */
  taxIncluded: boolean
}

const ZERO = exact(0)
const EXTRAS: ReadonlySet<string> = new Set(['GIFT_WRAP', 'COD_FEE', 'OTHER'])

/**
 * Reads `proceeds.breakdowns` of a line; null when it has none. Whether a discount is written with a minus is not said in the model, so its size
 * counts; whether tax is on top shows in the line's total.
 */
export function readItemMoney({ proceeds }: ItemWire): Result<ItemMoney | null, string> {
  const [first] = proceeds?.breakdowns ?? []
  if (proceeds === null || first === undefined) return ok(null)
  const money: ItemMoney = {
    currency: first.subtotal.currencyCode,
    ...{ goods: ZERO, goodsDiscount: ZERO, discount: ZERO, shipping: ZERO, extras: ZERO },
    ...{ goodsTax: ZERO, tax: ZERO, taxIncluded: false },
  }
  for (const breakdown of proceeds.breakdowns) {
    if (breakdown.subtotal.currencyCode !== money.currency) return err('proceeds: two currencies')
    const added = addBreakdown(money, breakdown)
    if (!added.ok) return added
  }
  if (proceeds.proceedsTotal === null) return ok(money)
  const total = toUnits(proceeds.proceedsTotal)
  if (!total.ok) return total
  const { goods, discount, shipping, extras, tax } = money
  const withoutTax = goods.plus(shipping).plus(extras).minus(discount)
  return ok({ ...money, taxIncluded: !tax.isZero() && total.value.equals(withoutTax) })
}

function addBreakdown(money: ItemMoney, breakdown: BreakdownWire): Result<null, string> {
  const subtotal = toUnits(breakdown.subtotal)
  if (!subtotal.ok) return subtotal
  const whole = subtotal.value
  if (breakdown.type === 'ITEM') money.goods = money.goods.plus(whole)
  else if (breakdown.type === 'SHIPPING') money.shipping = money.shipping.plus(whole)
  else if (breakdown.type === 'TAX' || breakdown.type === 'DISCOUNT')
    return addShared(money, breakdown, whole)
  else if (EXTRAS.has(breakdown.type)) money.extras = money.extras.plus(whole)
  return ok(null)
}

/** Tax and discounts lie on the pieces as far as their details do not say that they lie on something else. */
function addShared(
  money: ItemMoney,
  { type, detailedBreakdowns }: BreakdownWire,
  whole: Exact,
): Result<null, string> {
  let elsewhere = ZERO
  for (const { subtype, value } of detailedBreakdowns) {
    if (value === null || (subtype !== 'SHIPPING' && !EXTRAS.has(subtype))) continue
    const part = toUnits(value)
    if (!part.ok) return part
    elsewhere = elsewhere.plus(part.value)
  }
  if (type === 'TAX') {
    money.tax = money.tax.plus(whole)
    money.goodsTax = money.goodsTax.plus(whole.minus(elsewhere))
  } else {
    money.discount = money.discount.plus(whole.abs())
    money.goodsDiscount = money.goodsDiscount.plus(whole.minus(elsewhere).abs())
  }
  return ok(null)
}
