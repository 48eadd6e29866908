/** What a merge came to: records that joined, or were replaced by a newer form. */
export interface Merged {
  connections: number
  orders: number
  products: number
  shipments: number
  documents: number
  outbox: number
  /** Names of saved views that came without shops of their filter, because these are on neither side. */
  narrowed: string[]
}

export function nothingMerged(): Merged {
  return {
    ...{ connections: 0, orders: 0, products: 0, shipments: 0, documents: 0, outbox: 0 },
    narrowed: [],
  }
}
