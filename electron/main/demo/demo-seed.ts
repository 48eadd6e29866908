import type { DemoSeed } from '#core/contracts/demo.ts'
import { makeS10 } from '#core/shipping/s10.ts'
import { listDemoProducts } from '#main/demo/demo-catalogue.ts'
import { DEMO_SHOPS } from '#main/demo/demo-orders.ts'

/** What the demo workspace is opened with. The orders themselves come from the demo shops, by a real pull. */
export function describeDemo(): DemoSeed {
  return {
    shops: DEMO_SHOPS.map(({ shop, name }) => ({ shop, name, connectorId: 'vendure' })),
    sender: {
      name: 'Lantern & Loom Trading',
      company: '',
      line1: 'Rm 1201, Bldg C, Lantern Park',
      line2: 'Longhua Dist.',
      city: 'Shenzhen',
      region: 'Guangdong',
      postcode: '518109',
      country: 'CN',
      phone: '+8675555550100',
      email: 'desk@example.com',
    },
    signer: 'Lantern & Loom',
    homeCurrency: 'EUR',
    pools: [pool('Registered packet', 'RR', 47_312_482, 500), pool('Tracked packet', 'LZ', 58_000_001, 40)],
    products: listDemoProducts().map(({ sku, titles, customs, cost }, place) => ({
      ...{ sku, titles, customs, bin: binAt(place) },
      ...(cost === undefined ? {} : { cost }),
    })),
  }
}

/** Two shelves, one bin for each product. */
function binAt(place: number): string {
  return `${place % 2 === 0 ? 'A' : 'B'}-${String(Math.floor(place / 2) + 1).padStart(2, '0')}`
}

function pool(service: string, indicator: string, first: number, count: number) {
  const from = makeS10(indicator, first, 'CN')
  const to = makeS10(indicator, first + count - 1, 'CN')
  return { service, from, to, lowWater: 50 }
}
