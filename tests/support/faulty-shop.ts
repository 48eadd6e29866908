import path from 'node:path'
import { listDemoProducts } from '#main/demo/demo-catalogue.ts'
import type { DemoBuyer } from '#main/demo/demo-buyers.ts'
import { DEMO_SHOPS, type DemoOrder } from '#main/demo/demo-orders.ts'
import { makeDemoShopState } from '#main/demo/demo-shop-state.ts'
import { writeDemoState } from '#main/demo/demo-state-file.ts'

/** A demo shop with twenty orders that all have something wrong with them: they come to the desk by a real pull. */

/** Without customs facts in the demo's catalogue. */
export const BARE = ['CAP-NAT', 'TSH-BLU', 'FLK-BLU', 'WAL-GRN']
/** With facts that the test makes wrong by hand first. */
export const VAGUE = 'MUG-NAT'
export const NOWHERE = 'TWL-BLU'
/** With all its facts. */
const FINE = 'MUG-BLU'

const PLACES: Readonly<Record<string, Pick<DemoBuyer, 'city' | 'postalCode' | 'province'>>> = {
  DE: { city: 'Berlin', postalCode: '10115', province: '' },
  FR: { city: 'Paris', postalCode: '75003', province: '' },
  GB: { city: 'London', postalCode: 'SE1 7PB', province: '' },
  US: { city: 'Austin', postalCode: '78701', province: 'TX' },
  BR: { city: 'Recife', postalCode: '50010-000', province: 'PE' },
  CA: { city: 'Toronto', postalCode: 'M5H 2N2', province: 'ON' },
  AU: { city: 'Perth', postalCode: '6000', province: 'WA' },
  NO: { city: 'Oslo', postalCode: '0150', province: '' },
  CH: { city: 'Basel', postalCode: '4001', province: '' },
  JP: { city: 'Shibuya', postalCode: '150-0001', province: 'Tokyo' },
}

interface Fault {
  to: string
  skus: string[]
  buyer?: Partial<DemoBuyer>
  cents?: number
}

// prettier-ignore
const FAULTS: readonly Fault[] = [
  ...['DE', 'FR', 'GB', 'US', 'BR', 'CA', 'AU', 'NO'].map((to, i) => ({ to, skus: [BARE[i % BARE.length] ?? ''] })),
  ...['US', 'CH', 'AU', 'JP'].map((to) => ({ to, skus: [VAGUE] })),
  ...['NO', 'CA', 'FR'].map((to) => ({ to, skus: [NOWHERE] })),
  { to: 'DE', skus: [FINE], buyer: { postalCode: '' } },
  { to: 'FR', skus: [FINE], buyer: { postalCode: '' } },
  { to: 'GB', skus: [FINE], buyer: { city: '' } },
  { to: 'DE', skus: [FINE], cents: 0 },
  { to: 'JP', skus: [BARE[0] ?? '', VAGUE, NOWHERE], buyer: { postalCode: '', fullName: '青木 花' } },
]
export const FAULTY_ORDERS = FAULTS.length

/** To be called before the demo starts on this profile for the first time. */
export function writeFaultyShop(userDataDir: string, now: number): void {
  const state = Object.fromEntries(
    DEMO_SHOPS.map((spec, i) => [spec.shop, makeDemoShopState(spec, now, i === 0 ? orders(now) : [])]),
  )
  writeDemoState(path.join(userDataDir, 'demo-shops.json'), state)
}

function orders(now: number): DemoOrder[] {
  const names = new Map(listDemoProducts().map(({ sku, titles }) => [sku, titles['de'] ?? sku]))
  return FAULTS.map(({ to, skus, buyer, cents = 1290 }, i) => ({
    ...{ id: String(i + 1), code: `HH-${100 + i}`, state: 'PaymentSettled', currencyCode: 'EUR' },
    ...{ shippingWithTax: 590, orderPlacedAt: now - (i + 2) * 60_000, updatedAt: now - (i + 1) * 60_000 },
    buyer: {
      ...{ fullName: `Anna Birke ${i + 1}`, email: `buyer${i}@example.com`, streetLine1: `Street ${i + 1}` },
      ...{ streetLine2: '', countryCode: to, phoneNumber: '' },
      ...(PLACES[to] ?? { city: '', postalCode: '', province: '' }),
      ...buyer,
    },
    lines: skus.map((sku, line) => ({
      ...{ id: `${i + 1}0${line + 1}`, sku, name: names.get(sku) ?? sku, quantity: 1 },
      unitPriceWithTax: cents,
    })),
    fulfillments: [],
  }))
}
