import type { Address } from '#core/address/address.ts'
import type { Product } from '#core/catalog/product.ts'
import type { Declaration } from '#core/customs/declaration.ts'
import type { Order } from '#core/order/order.ts'
import { numberOf, type Shipment } from '#core/shipping/shipment.ts'

/** What every paper of one order is made from. */
export interface PaperFacts {
  order: Pick<Order, 'number' | 'lines' | 'consigneeId'>
  /** Where goods lie here, by SKU; those that are not in it lie nobody knows where. */
  bins: ReadonlyMap<string, string>
  /** Whom the parcel goes to. */
  to: Address
  from: Address
  /** As buyers know the shop. */
  shopName: string
  /** Null while no label was made; papers that carry its number are drafts then. */
  shipment: Shipment | null
  /** That of the label, else the one it would get; null where no customs border is crossed. */
  declaration: Declaration | null
  /** Of the packed parcel as far as it is known; 0 when it is not. */
  grossGrams: number
  /** ISO date of the desk. */
  day: string
}

/** Facts of a parcel that crosses a customs border. */
export interface DeclaredFacts extends PaperFacts {
  declaration: Declaration
}

/** True where a parcel is declared; papers of customs are made of no others. */
export function isDeclared(facts: PaperFacts): facts is DeclaredFacts {
  return facts.declaration !== null
}

/** The number on the label, which a parcel without label lacks. */
export function trackingOf({ shipment }: PaperFacts): string {
  return shipment === null ? '' : numberOf(shipment)
}

/** Where these goods lie, by SKU. */
export function binsOf(products: Iterable<Pick<Product, 'sku' | 'bin'>>): Map<string, string> {
  const bins = new Map<string, string>()
  for (const { sku, bin } of products) if (bin !== undefined) bins.set(sku, bin)
  return bins
}

/** Lines of which something is sent. */
export function sentLines({ order }: PaperFacts): Order['lines'] {
  return order.lines.filter(({ quantity }) => quantity > 0)
}
