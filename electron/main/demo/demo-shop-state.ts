import { makeDemoListings, type DemoListing } from '#main/demo/demo-listings.ts'
import { makeDemoOrders, type DemoOrder, type DemoShopSpec } from '#main/demo/demo-orders.ts'

/** Everything one demo shop knows; saved whole. */
export interface DemoShopState {
  orders: DemoOrder[]
  listings: DemoListing[]
  /** The newest id of a history entry. */
  lastEntryId: number
}

/** A shop and what its handlers need of the world around it. */
export interface DemoShopWorld {
  state: DemoShopState
  now: () => number
  /** Called after every change, before the answer leaves. */
  onChange: () => void
}

export function makeDemoShopState(
  spec: DemoShopSpec,
  now: number,
  orders: DemoOrder[] = makeDemoOrders(spec, now),
): DemoShopState {
  return { orders, listings: makeDemoListings(spec, orders, now), lastEntryId: 0 }
}
