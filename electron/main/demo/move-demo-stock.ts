import { findSoldVariant, type DemoVariant } from '#main/demo/demo-listings.ts'
import type { DemoOrder, DemoOrderLine } from '#main/demo/demo-orders.ts'
import type { DemoShopState } from '#main/demo/demo-shop-state.ts'

/** What selling, sending and cancelling do to the shelf. The variant's `updatedAt` stays, as on the real server. */

interface LineQuantity {
  orderLineId: string
  quantity: number
}

/** Null when nobody counts these goods, or the shop no longer knows them. */
export function countedVariant(state: DemoShopState, line: DemoOrderLine): DemoVariant | null {
  const variant = findSoldVariant(state.listings, line.sku)?.variant
  return variant === undefined || variant.trackInventory === 'FALSE' ? null : variant
}

/** A fulfillment was added: its pieces leave the shelf. */
export function takeFromShelf(state: DemoShopState, order: DemoOrder, lines: readonly LineQuantity[]): void {
  move(state, order, lines, (variant, quantity) => {
    variant.stockOnHand -= quantity
    variant.stockAllocated -= quantity
  })
}

/** A fulfillment was cancelled: its pieces are back, and wait for another one. */
export function putBackToSend(state: DemoShopState, order: DemoOrder, lines: readonly LineQuantity[]): void {
  move(state, order, lines, (variant, quantity) => {
    variant.stockOnHand += quantity
    variant.stockAllocated += quantity
  })
}

/** The buyer gives pieces back that were sent: they can be sold again. */
export function putBackToSell(state: DemoShopState, order: DemoOrder, lines: readonly LineQuantity[]): void {
  move(state, order, lines, (variant, quantity) => {
    variant.stockOnHand += quantity
  })
}

/** Pieces that were bought and never sent: they can be sold again. */
export function release(state: DemoShopState, order: DemoOrder, lines: readonly LineQuantity[]): void {
  move(state, order, lines, (variant, quantity) => {
    variant.stockAllocated -= quantity
  })
}

function move(
  state: DemoShopState,
  order: DemoOrder,
  lines: readonly LineQuantity[],
  change: (variant: DemoVariant, quantity: number) => void,
): void {
  for (const { orderLineId, quantity } of lines) {
    const line = order.lines.find(({ id }) => id === orderLineId)
    const variant = line === undefined ? null : countedVariant(state, line)
    if (variant !== null) change(variant, quantity)
  }
}
