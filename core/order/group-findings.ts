import type { CustomsFinding } from '#core/customs/finding.ts'
import { placeOfFinding } from '#core/customs/ignored-finding.ts'
import type { Order } from '#core/order/order.ts'
import type { OrderId } from '#core/shared/ids.ts'

export interface FoundOrder {
  id: OrderId
  number: string
  /** ISO 3166-1 alpha-2 of where it goes. */
  country: string
  /** The finding as it is on this order, with the order's own line number. */
  finding: CustomsFinding
}

/** Where findings of a kind are mended together: a SKU, or a single order. */
export interface FindingPlace {
  /** '' for what is about one order. */
  sku: string
  orders: number
  /** The first of them, at most {@link MOST_SHOWN}. */
  shown: FoundOrder[]
}

/** Findings over many orders that say the same. */
export interface FindingKind {
  key: string
  severity: CustomsFinding['severity']
  reason: string
  detail: string
  /** Without a line's number: `customs.hs6`, `shipTo.postcode`. */
  field: string
  source?: CustomsFinding['source']
  orders: number
  skus: number
  places: FindingPlace[]
}

const MOST_SHOWN = 200
const MOST_PLACES = 500

interface Gathered extends Omit<FindingKind, 'orders' | 'skus' | 'places'> {
  orders: Set<OrderId>
  places: Map<string, FindingPlace>
}

/** Brings findings of many orders together by what they say, and of each kind by SKU. */
export class FindingGroups {
  readonly #kinds = new Map<string, Gathered>()

  add({ id, number, shipTo, lines }: Order, findings: readonly CustomsFinding[]): void {
    for (const finding of findings) {
      const { field, sku } = placeOfFinding(finding, lines)
      const { severity, reason, detail, source } = finding
      const key = [severity, field, reason, detail].join(' ')
      const kind: Gathered = this.#kinds.get(key) ?? {
        ...{ key, severity, reason, detail, field: field.replace(/:.*$/, '') },
        ...(source === undefined ? {} : { source }),
        ...{ orders: new Set(), places: new Map() },
      }
      this.#kinds.set(key, kind)
      kind.orders.add(id)
      const at = sku === '' ? id : `sku ${sku}`
      const place = kind.places.get(at) ?? { sku, orders: 0, shown: [] }
      kind.places.set(at, place)
      // A SKU on two lines of an order is one order.
      if (place.shown.at(-1)?.id === id) continue
      place.orders++
      if (place.shown.length < MOST_SHOWN)
        place.shown.push({ id, number, country: shipTo?.country ?? '', finding })
    }
  }

  /** What stops parcels first, then what is on most orders. */
  list(): FindingKind[] {
    return [...this.#kinds.values()]
      .map(({ orders, places, ...kind }) => ({
        ...kind,
        orders: orders.size,
        skus: [...places.values()].filter(({ sku }) => sku !== '').length,
        places: [...places.values()].sort((a, b) => b.orders - a.orders).slice(0, MOST_PLACES),
      }))
      .sort(
        (a, b) =>
          (a.severity < b.severity ? -1 : a.severity > b.severity ? 1 : 0) ||
          b.orders - a.orders ||
          (a.key < b.key ? -1 : 1),
      )
  }
}
