import type { Address } from '#core/address/address.ts'
import { chooseForm, limitOf } from '#core/customs/choose-form.ts'
import type { Declaration } from '#core/customs/declaration.ts'
import { ORDER_PAPERS, whyNoPaper, type OrderPaper } from '#core/documents/of-order/order-papers.ts'
import { binsOf, type PaperFacts } from '#core/documents/of-order/paper-facts.ts'
import type { RuleTables } from '#core/order/check-order.ts'
import type { OrderDetail } from '#renderer/data/queries/order-detail.ts'

/** What the papers of an order on the screen are made from; null while it has no address. */
export function factsOf(
  { order, shipment, connection, products }: OrderDetail,
  plan: { sender: Address; declaration: Declaration | null; grossGrams: number; day: string },
): PaperFacts | null {
  if (order.shipTo === null) return null
  return {
    ...{ order, shipment, to: order.shipTo, from: plan.sender, shopName: connection?.name ?? '' },
    declaration: shipment === null ? plan.declaration : shipment.declaration,
    grossGrams: shipment?.grossGrams ?? plan.grossGrams,
    bins: binsOf(Object.values(products)),
    day: plan.day,
  }
}

/** The papers that such a parcel can have. One that needs a CN 23 has no CN 22, and one that is not sold no commercial invoice. */
export function papersOf(facts: PaperFacts, rules: RuleTables): OrderPaper[] {
  const { declaration } = facts
  const limit = limitOf(facts.from.country, facts.day, rules.checks?.forms ?? [])
  const parcel = declaration && { ...declaration, destination: facts.to.country }
  const form = parcel && chooseForm(parcel, limit, rules.rates).form
  return ORDER_PAPERS.filter((paper) => {
    if (paper === 'cn22' && form === 'cn23') return false
    if (paper === 'invoice' && declaration?.category !== 'sale') return false
    return whyNoPaper(paper, facts) === null
  })
}
