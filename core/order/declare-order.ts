import { isBundle } from '#core/catalog/contents.ts'
import type { Contained, Product } from '#core/catalog/product.ts'
import { buildDeclaration } from '#core/customs/build-declaration.ts'
import type { Declaration, DeclarationParticulars } from '#core/customs/declaration.ts'
import { USUAL_PARCEL, type ParcelDefaults } from '#core/customs/customs-choices.ts'
import type { BundlePart, DeclarationItem } from '#core/customs/declared-goods.ts'
import { customsError, type CustomsFinding } from '#core/customs/finding.ts'
import { mergeCustoms, type AccountCustoms } from '#core/customs/merge-customs.ts'
import { subtractMoney, tryMultiplyMoney, trySumMoney, type Money } from '#core/money/money.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import type { Order, OrderLine } from '#core/order/order.ts'
import type { Issue } from '#core/shared/issue.ts'
import type { Result } from '#core/shared/result.ts'

export interface DeclareFacts {
  /** By SKU. */
  products: ReadonlyMap<string, Product>
  /** What holds for all goods of this desk; null: nothing. */
  account: AccountCustoms | null
  /** What holds for all parcels; absent: the usual. */
  parcel?: ParcelDefaults | undefined
  rates: RateSet | null
  /** 0 while unknown. */
  grossGrams: number
  signer: string
  /** ISO day. */
  day: string
}

/** The declaration of an order's parcel, with the items it was made from. Issues: those of build-declaration. */
export function declareOrder(
  order: Pick<Order, 'lines' | 'total' | 'shipTo'>,
  { products, account, parcel, rates, grossGrams, signer, day }: DeclareFacts,
): { items: DeclarationItem[]; built: Result<Declaration, Issue[]> } {
  const items = order.lines.map((line) => declarationItem(line, products, account))
  const built = buildDeclaration({
    ...{ items, grossGrams, signer, rates, signedOn: day },
    ...{ category: (parcel ?? USUAL_PARCEL).category, explanation: parcel?.explanation ?? '' },
    ...(parcel === undefined ? {} : { particulars: particularsOf(parcel) }),
    discount: discountOf(order),
    destination: order.shipTo?.country,
  })
  return { items, built }
}

/** An order line with the customs facts that count for it, and for its parts where its product is a bundle. */
export function declarationItem(
  line: OrderLine,
  products: ReadonlyMap<string, Product>,
  account: AccountCustoms | null,
): DeclarationItem {
  const product = products.get(line.sku)
  const { customs } = mergeCustoms(product?.customs ?? null, line.customs, account)
  const { sku, quantity, unitPrice } = line
  const item = { sku, quantity, unitPrice, customs, worth: product?.cost ?? null }
  if (product === undefined || !isBundle(product)) return item
  // What it weighs itself is not asked, and must not be in the way.
  const whole = { ...item, customs: { ...customs, unitNetGrams: null } }
  return { ...whole, parts: product.contains?.map((part) => partOf(part, products, account)) }
}

/** What a part holds in turn does not count: there is no bundle within a bundle. */
function partOf(
  { sku, quantity }: Contained,
  products: ReadonlyMap<string, Product>,
  account: AccountCustoms | null,
): BundlePart {
  const product = products.get(sku)
  const { customs } = mergeCustoms(product?.customs ?? null, null, account)
  return { sku, quantity, customs, worth: product?.cost ?? null }
}

/** Net weight of all pieces in grams; null while that of any is not known. */
export function netGramsOf({ quantity, customs, parts = [] }: DeclarationItem): number | null {
  if (parts.length === 0) return customs.unitNetGrams === null ? null : customs.unitNetGrams * quantity
  let grams = 0
  for (const part of parts) {
    if (part.customs.unitNetGrams === null) return null
    grams += part.customs.unitNetGrams * part.quantity * quantity
  }
  return grams
}

/** Why no declaration can be made of these items, as findings that name the part of a bundle where it is about one. */
export function refusalFindings(
  issues: readonly Issue[],
  items: readonly DeclarationItem[],
): CustomsFinding[] {
  return issues.map(({ field = 'lines', reason }) => {
    const [, at, part] = /^lines\.(\d+)\.parts\.(\d+)\./.exec(field) ?? []
    const sku = items[Number(at)]?.parts?.[Number(part)]?.sku
    const finding = customsError('lines', field, reason ?? 'lines-invalid')
    return sku === undefined ? finding : { ...finding, sku }
  })
}

function particularsOf({ incoterm, nonDelivery }: ParcelDefaults): DeclarationParticulars {
  return {
    ...{ incoterm, nonDelivery, incotermPlace: '', invoiceNo: '', licenceNo: '', certificateNo: '' },
    ...{ comments: '', exportReference: '', taxIds: [], freight: null, insurance: null },
  }
}

/** What the goods of an order are priced at; null where that makes no sum. */
export function priceOfGoods({ lines, total }: Pick<Order, 'lines' | 'total'>): Money | null {
  const prices: Money[] = []
  for (const { unitPrice, quantity } of lines) {
    const price = tryMultiplyMoney(unitPrice, quantity)
    if (!price.ok) return null
    prices.push(price.value)
  }
  const goods = trySumMoney(prices, total.currency)
  return goods.ok ? goods.value : null
}

/** What the buyer paid less in all than the goods are priced at; null where that cannot be told, or is nothing. */
function discountOf(order: Pick<Order, 'lines' | 'total'>): Money | null {
  const goods = priceOfGoods(order)
  // A total of nothing is what shops send that do not know it.
  if (goods === null || order.total.minor <= 0 || goods.minor <= order.total.minor) return null
  return subtractMoney(goods, order.total)
}
