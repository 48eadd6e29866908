import type { Address } from '#core/address/address.ts'
import { checkAddress } from '#core/address/check-address.ts'
import type { Product } from '#core/catalog/product.ts'
import { listDeclared } from '#core/customs/build-declaration.ts'
import { crossesCustomsBorder } from '#core/customs/customs-territory.ts'
import type { ParcelDefaults } from '#core/customs/customs-choices.ts'
import { withoutIgnored } from '#core/customs/ignored-finding.ts'
import { lintDeclaration } from '#core/customs/lint-declaration.ts'
import type { LintContext } from '#core/customs/lint-destination.ts'
import type { AccountCustoms } from '#core/customs/merge-customs.ts'
import { declareOrder, refusalFindings } from '#core/order/declare-order.ts'
import type { Order } from '#core/order/order.ts'
import type { OrderFindings } from '#core/order/stages.ts'

/** Dated tables that checks consult; null while a file could not be read, which weakens checks and never invents an answer. */
export type RuleTables = Pick<LintContext, 'destinations' | 'rates' | 'checks'>

/** What an order is judged against. */
export interface OrderFacts {
  /** By SKU. */
  products: ReadonlyMap<string, Product>
  /** ISO 3166-1 alpha-2; '' while the desk is not set up: then every parcel is taken to cross a border. */
  senderCountry: string
  rules: RuleTables
  /** Customs facts that hold for all goods of the desk; null: none. */
  account: AccountCustoms | null
  /** What is declared of every parcel; absent: the usual. */
  parcel?: ParcelDefaults | undefined
  /** ISO day. */
  today: string
}

/**
 * What an order lacks before anybody has packed it; decides `blocked` (stages.ts). What is known only at the packing table (gross
 * weight, signer) is left to the label.
 */
export function checkOrder(order: Order, facts: OrderFacts): OrderFindings {
  if (!isJudged(order)) return { address: [], customs: [] }
  return { address: checkAddress(order.shipTo), customs: checkGoods(order, order.shipTo.country, facts) }
}

/** Whether facts can be in its way: it is to be shipped, and it is known where to. */
export function isJudged(order: Order): order is Order & { shipTo: Address } {
  return order.stage === 'to_ship' && order.shipTo !== null
}

/** True when a declaration is due between these countries; an unknown one counts as foreign. */
export function needsDeclaration(senderCountry: string, destination: string): boolean {
  return senderCountry === '' || destination === '' || crossesCustomsBorder(senderCountry, destination)
}

function checkGoods(order: Order, destination: string, facts: OrderFacts): OrderFindings['customs'] {
  const { senderCountry: sentFrom, products, account, parcel, rules, today: day } = facts
  if (!needsDeclaration(sentFrom, destination)) return []
  const { destinations, rates } = rules
  const { items, built } = declareOrder(order, {
    ...{ products, account, parcel, rates, day, grossGrams: 0, signer: '' },
  })
  if (!built.ok) return refusalFindings(built.error, items)
  const { consigneeId = '' } = order
  const context = { destination, shipOn: day, destinations, rates, sentFrom, consigneeId }
  const findings = lintDeclaration(built.value, { ...context, places: listDeclared(items) })
  return withoutIgnored(findings, order.ignored ?? [], order.lines)
}
