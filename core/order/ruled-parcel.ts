import type { Product } from '#core/catalog/product.ts'
import type { CustomsChoices } from '#core/customs/customs-choices.ts'
import { readGoods } from '#core/customs/declared-goods.ts'
import { declaredCode } from '#core/customs/hs/code.ts'
import type { RuledParcel } from '#core/customs/rules/parcel.ts'
import { subtractMoney, type Money } from '#core/money/money.ts'
import { declarationItem, priceOfGoods } from '#core/order/declare-order.ts'
import type { Order } from '#core/order/order.ts'

export interface ParcelDay {
  /** ISO 3166-1 alpha-2; '' while the desk is not set up. */
  sentFrom: string
  /** ISO day. */
  shipOn: string
  /** 0 while unknown. */
  grossGrams: number
  choices: CustomsChoices
}

/**
 * An order as destination rules look at it: declared values, and as freight what the buyer paid beyond the goods. Null when it has no
 * address or an amount that no declaration could hold.
 */
export function ruledParcel(
  order: Order,
  products: ReadonlyMap<string, Product>,
  { sentFrom, shipOn, grossGrams, choices }: ParcelDay,
): RuledParcel | null {
  if (order.shipTo === null) return null
  const lines: RuledParcel['lines'][number][] = []
  for (const line of order.lines) {
    if (line.quantity <= 0) continue
    const goods = readGoods(declarationItem(line, products, choices.defaults ?? null), lines.length)
    if (!goods.ok) return null
    for (const { customs, quantity, value } of goods.value) {
      const hs6 = declaredCode(customs, order.shipTo.country)
      lines.push({ hs6, origin: customs.origin, quantity, value, dutyRate: null })
    }
  }
  if (lines.length === 0) return null
  const { country: destination, postcode } = order.shipTo
  const { travels, schemes } = choices
  return {
    ...{ destination, postcode, sentFrom, travels, schemes, shipOn, lines, grossGrams },
    freight: paidFreight(order),
  }
}

/** What was paid beyond the price of the goods; null when that makes no sense. */
function paidFreight(order: Order): Money | null {
  const goods = priceOfGoods(order)
  return goods === null || goods.minor > order.total.minor ? null : subtractMoney(order.total, goods)
}
