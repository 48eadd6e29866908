import { readFileSync } from 'node:fs'
import path from 'node:path'

interface ShopOrder {
  code: string
  fulfillments: { trackingCode: string }[]
}

/** What the demo shops have heard about an order, from the file that they keep in the profile: tracking numbers, in order. */
export function toldToShops(userDataDir: string, number: string): string[] {
  const state = JSON.parse(readFileSync(path.join(userDataDir, 'demo-shops.json'), 'utf8')) as Record<
    string,
    { orders: ShopOrder[] }
  >
  const orders = Object.values(state).flatMap((shop) => shop.orders)
  const order = orders.find(({ code }) => code === number)
  if (order === undefined) throw new Error(`no demo shop knows ${number}`)
  return order.fulfillments.map(({ trackingCode }) => trackingCode.replaceAll(/\s/g, ''))
}
