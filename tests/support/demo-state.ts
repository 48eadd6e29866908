import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

interface ShopOrder {
  code: string
  state: string
  updatedAt: number
  fulfillments: { trackingCode: string }[]
}
type State = Record<string, { orders: ShopOrder[] }>

/** Changes what the demo shops have, while the app is closed; in the order of the shop's own list. */
export function changeAtShop(
  userDataDir: string,
  shop: 'harbour' | 'kettle' | 'minato',
  change: (orders: ShopOrder[]) => void,
): void {
  const state = readState(userDataDir)
  change(state[shop]?.orders ?? [])
  writeFileSync(fileOf(userDataDir), JSON.stringify(state))
}

/** What the demo shops have heard about an order, from the file that they keep in the profile: tracking numbers, in order. */
export function toldToShops(userDataDir: string, number: string): string[] {
  const orders = Object.values(readState(userDataDir)).flatMap((shop) => shop.orders)
  const order = orders.find(({ code }) => code === number)
  if (order === undefined) throw new Error(`no demo shop knows ${number}`)
  return order.fulfillments.map(({ trackingCode }) => trackingCode.replaceAll(/\s/g, ''))
}

const fileOf = (userDataDir: string): string => path.join(userDataDir, 'demo-shops.json')

function readState(userDataDir: string): State {
  return JSON.parse(readFileSync(fileOf(userDataDir), 'utf8')) as State
}
