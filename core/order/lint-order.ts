import type { Address } from '#core/address/address.ts'
import type { ItemCustoms, Product } from '#core/catalog/product.ts'
import { listDeclared } from '#core/customs/build-declaration.ts'
import type { ParcelDefaults } from '#core/customs/customs-choices.ts'
import type { Declaration } from '#core/customs/declaration.ts'
import type { DeclarationItem } from '#core/customs/declared-goods.ts'
import { placeOfItem, placeOfPart } from '#core/customs/declared-place.ts'
import { customsError, type CustomsFinding } from '#core/customs/finding.ts'
import {
  isSamePlace,
  placeOfFinding,
  withoutIgnored,
  type IgnoredFinding,
} from '#core/customs/ignored-finding.ts'
import { lintDeclaration } from '#core/customs/lint-declaration.ts'
import { parcelOf, sourceOf, type LintContext } from '#core/customs/lint-destination.ts'
import { lintGoods, type GoodsContext, type LintedGoods } from '#core/customs/lint-goods.ts'
import { lintAddress, lintLatin } from '#core/customs/lint-latin.ts'
import type { AccountCustoms } from '#core/customs/merge-customs.ts'
import { findRules } from '#core/customs/rules/find-rules.ts'
import { GOODS_ASKED } from '#core/customs/rules/rule.ts'
import { needsDeclaration, type RuleTables } from '#core/order/check-order.ts'
import { declareOrder, refusalFindings } from '#core/order/declare-order.ts'
import type { Order } from '#core/order/order.ts'
import type { Issue } from '#core/shared/issue.ts'

/** What an order is linted against. */
export interface LintFacts {
  /** By SKU. */
  products: ReadonlyMap<string, Product>
  sender: Address
  /** Customs facts that hold for all goods of the desk; null: none. */
  account: AccountCustoms | null
  parcel: ParcelDefaults | undefined
  rules: RuleTables
  /** ISO day of shipment. */
  day: string
  /** Weight of the packed parcel; null before anybody has packed it, which is then not held against it. */
  grossGrams: number | null
  signer: string
}

export interface OrderLint {
  /** Null where no border is crossed, or no declaration can be made of the lines. */
  declaration: Declaration | null
  /** Why none can be made. */
  refused: Issue[]
  /** What counts: of the address, the declaration, the goods, the destination. */
  findings: CustomsFinding[]
  /** What a person lets pass, with that person's word. */
  ignored: { finding: CustomsFinding; note: IgnoredFinding }[]
}

/** Known only when the parcel is packed. */
const PACKED = new Set(['grossGrams', 'signer', 'signedOn'])

/** Everything that stands between an order and its delivery as far as words and numbers can tell; nothing is decided by it. */
export function lintOrder(order: Order, facts: LintFacts): OrderLint {
  const { shipTo } = order
  const { sender } = facts
  if (shipTo === null) {
    const missing = customsError('address', 'shipTo', 'address-missing')
    return { declaration: null, refused: [], findings: [missing], ignored: [] }
  }
  const address = lintAddress(shipTo, 'shipTo')
  if (!needsDeclaration(sender.country, shipTo.country))
    return { declaration: null, refused: [], ...judged(order, address) }
  const { declaration, refused, findings } = lintGoodsOf(order, shipTo.country, facts)
  const latin = [...lintLatin(shipTo, 'shipTo'), ...lintLatin(sender, 'sender')]
  return { declaration, refused, ...judged(order, [...address, ...findings, ...latin]) }
}

function lintGoodsOf(
  order: Order,
  destination: string,
  facts: LintFacts,
): Pick<OrderLint, 'declaration' | 'refused' | 'findings'> {
  const { products, account, parcel, rules, day, grossGrams, signer, sender } = facts
  const { items, built } = declareOrder(order, {
    ...{ products, account, parcel, day, signer, rates: rules.rates, grossGrams: grossGrams ?? 0 },
  })
  if (!built.ok)
    return { declaration: null, refused: built.error, findings: refusalFindings(built.error, items) }
  const context: LintContext = {
    ...{ ...rules, destination, shipOn: day, sentFrom: sender.country },
    consigneeId: order.consigneeId ?? '',
    places: listDeclared(items),
  }
  const found = lintDeclaration(built.value, context)
  const goods = items.flatMap((item, i) => goodsOf(item, i, order.lines[i]?.title ?? '', products))
  return {
    ...{ declaration: built.value, refused: [] },
    findings: [
      ...(grossGrams === null ? found.filter(({ field }) => !PACKED.has(field)) : found),
      ...lintGoods(goods, askedOf(built.value, context)),
    ],
  }
}

/** What is known of an item; of a bundle each part by its own facts, and beside them the words that the whole is sold under. */
function goodsOf(
  { sku, quantity, customs, parts = [] }: DeclarationItem,
  at: number,
  title: string,
  products: ReadonlyMap<string, Product>,
): LintedGoods[] {
  const goods = (of: string, own: ItemCustoms, said: string): Omit<LintedGoods, 'place' | 'quantity'> => {
    const { titles = {}, barcodes = [] } = products.get(of) ?? {}
    const texts = [said, own.description, own.descriptionLocal, ...Object.values(titles)]
    return { customs: own, barcodes, texts: [...new Set(texts)], byParts: false }
  }
  const whole = { ...goods(sku, customs, title), place: placeOfItem(at), quantity }
  if (parts.length === 0) return [whole]
  // Once a part has said how its battery travels, the name of the whole asks no more.
  const isSaid = parts.some((part) => part.customs.battery !== undefined)
  return [
    { ...whole, byParts: true },
    ...parts.map((part, n) => ({
      ...{ ...goods(part.sku, part.customs, ''), place: placeOfPart(at, n, part.sku) },
      ...{ quantity: part.quantity * quantity, bundleTexts: isSaid ? [] : whole.texts },
    })),
  ]
}

/** What the destination's rules of the day ask for of every line. */
function askedOf(declaration: Declaration, context: LintContext): GoodsContext {
  const { destination, destinations, rates, checks = null } = context
  const found = findRules(destinations, parcelOf(declaration, context), rates)
  const asked = GOODS_ASKED.filter((each) => found.papers.some(({ asks }) => asks.includes(each)))
  const asks = new Map(
    asked.map((each) => [each, sourceOf(found, destinations, (rule) => rule.asks.includes(each))]),
  )
  return { destination, checks, asks }
}

function judged(order: Order, all: readonly CustomsFinding[]): Pick<OrderLint, 'findings' | 'ignored'> {
  const notes = order.ignored ?? []
  const findings = withoutIgnored(all, notes, order.lines)
  const ignored = all.flatMap((finding) => {
    const place = placeOfFinding(finding, order.lines)
    const note = findings.includes(finding) ? undefined : notes.find((each) => isSamePlace(each, place))
    return note === undefined ? [] : [{ finding, note }]
  })
  return { findings, ignored }
}
