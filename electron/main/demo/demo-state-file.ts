import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { DEMO_SHOPS, type DemoOrder } from '#main/demo/demo-orders.ts'
import { makeDemoShopState, type DemoShopState } from '#main/demo/demo-shop-state.ts'

/** By shop. */
export type SavedDemo = Record<string, DemoShopState>

/** `now`: when the listings begin that a file of an earlier version does not have. */
export function readDemoState(file: string, now: number): SavedDemo {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (!isRecord(read)) return {}
    const saved: SavedDemo = {}
    for (const spec of DEMO_SHOPS) {
      const shop = read[spec.shop]
      if (shop === undefined) continue
      // Before there were listings, a shop was its orders alone.
      if (isOrders(shop)) saved[spec.shop] = makeDemoShopState(spec, now, shop)
      else if (isShopState(shop)) saved[spec.shop] = shop
      else return {}
    }
    return saved
  } catch {
    // No file yet, or one that a crash tore: the demo starts afresh.
    return {}
  }
}

export function writeDemoState(file: string, state: SavedDemo): void {
  writeFileSync(`${file}.new`, JSON.stringify(state))
  renameSync(`${file}.new`, file)
}

// Written by this app only, so a look at the shape is enough.

function isShopState(read: unknown): read is DemoShopState {
  if (!isRecord(read) || !isOrders(read['orders']) || !Number.isInteger(read['lastEntryId'])) return false
  const { listings } = read
  return (
    Array.isArray(listings) &&
    listings.every(
      (one) => isRecord(one) && Array.isArray(one['translations']) && Array.isArray(one['variants']),
    )
  )
}

function isOrders(read: unknown): read is DemoOrder[] {
  return (
    Array.isArray(read) &&
    read.every((order) => isRecord(order) && 'id' in order && 'lines' in order && 'fulfillments' in order)
  )
}

function isRecord(read: unknown): read is Record<string, unknown> {
  return typeof read === 'object' && read !== null && !Array.isArray(read)
}
