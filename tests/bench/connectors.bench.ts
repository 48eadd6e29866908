import { parse } from 'graphql'
import { shopifyManifest } from '#core/connectors/shopify/manifest.ts'
import { DEMO_SHOPS, makeDemoOrders, type DemoShopSpec } from '#main/demo/demo-orders.ts'
import { createDemoShop } from '#main/demo/demo-shop.ts'
import { makeDemoShopState } from '#main/demo/demo-shop-state.ts'
import { benchRow, median, type BenchRow, type RunBench } from '#tests/bench/bench-row.ts'
import {
  recordPull,
  timeBare,
  timePull,
  type PulledRemote,
  type RecordedRemote,
} from '#tests/bench/recorded-remote.ts'
import { createAmazonApi } from '#tests/fakes/amazon/account-server.ts'
import { createAccount } from '#tests/fakes/amazon/account-state.ts'
import { placeOrder as placeAmazonOrder } from '#tests/fakes/amazon/make-orders.ts'
import { placeOrder as placeShopifyOrder } from '#tests/fakes/shopify/make-orders.ts'
import { estimateCost } from '#tests/fakes/shopify/query-cost.ts'
import { createShopifyApi } from '#tests/fakes/shopify/shop-server.ts'
import { createShop } from '#tests/fakes/shopify/shop-state.ts'
import { loadShopifySchema } from '#tests/peers/shopify-schema/schema.ts'

/**
 * Pulling orders through the real runtime and each connector up to parsed orders, beside the same requests sent barely and their answers
 * parsed as JSON, from the same recorded pages; and the calls that it takes beside the fewest that the API's pages allow.
 */

const COUNTS = [1_000, 10_000] as const
const RUNS = 5
const NOW = Date.UTC(2026, 10, 22, 8)
const MOST_POINTS = 1_000

interface Subject {
  name: string
  make: (orders: number) => PulledRemote
  /** Orders on the largest page that the API gives. */
  largestPage: number
}

const run: RunBench = async (say) => {
  const schema = await loadShopifySchema(shopifyManifest.api.version)
  const subjects: Subject[] = [
    { name: 'Vendure', make: makeVendure, largestPage: 1_000 },
    { name: 'Shopify', make: (orders) => makeShopify(schema, orders), largestPage: 250 },
    { name: 'Amazon', make: makeAmazon, largestPage: 100 },
  ]
  const rows: BenchRow[] = []
  for (const subject of subjects) rows.push(...(await measure(subject, say)))
  return rows

  async function measure({ name, make, largestPage }: Subject, tell: typeof say): Promise<BenchRow[]> {
    const found: BenchRow[] = []
    const perOrder: number[] = []
    for (const orders of COUNTS) {
      const recorded = await recordPull(make(orders))
      try {
        const { pulled, bare } = await compare(recorded, orders)
        tell(`${name}: ${orders} orders in ${pulled.toFixed(0)} ms, ${recorded.calls.length} calls`)
        perOrder.push(pulled / orders)
        const perSecond = (ms: number) => (orders * 1000) / ms
        found.push(benchRow(`${name}: pull ${orders} orders`, perSecond(pulled), 'orders/s', perSecond(bare)))
        if (orders !== COUNTS[1]) continue
        found.push(...countCalls(name, recorded, { orders, largestPage }))
      } finally {
        await recorded.stop()
      }
    }
    const [small = 0, large = 0] = perOrder
    return [...found, benchRow(`${name}: time of an order among ${COUNTS[1]}`, large, 'ms', small)]
  }

  function countCalls(
    name: string,
    { calls, waitedMs }: RecordedRemote,
    { orders, largestPage }: { orders: number; largestPage: number },
  ): BenchRow[] {
    const perThousand = (calls.length * 1_000) / orders
    const about = `${name}: calls per 1000 orders`
    const paid = name === 'Shopify' ? payable(calls[0]?.body ?? '') : null
    return [
      benchRow(`${about}, beside whole pages`, perThousand, 'calls', 1_000 / largestPage),
      ...(paid === null
        ? []
        : [benchRow(`${about}, beside payable pages`, perThousand, 'calls', 1_000 / paid)]),
      benchRow(`${name}: waits for its limits, ${orders} orders`, waitedMs / 60_000, 'min'),
    ]
  }

  /** How many orders the points of one query pay for. */
  function payable(body: string): number {
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> }
    const document = parse(query)
    const cost = (first: number) => estimateCost(schema, document, { ...variables, first })
    const each = cost(2) - cost(1)
    return Math.floor((MOST_POINTS - (cost(1) - each)) / each)
  }
}
export default run

async function compare(recorded: RecordedRemote, orders: number): Promise<{ pulled: number; bare: number }> {
  const [pulled, bare]: [number[], number[]] = [[], []]
  // The first of each is to warm up; both take turns, so that what else the machine does meets both.
  for (let turn = 0; turn <= RUNS; turn++) {
    const ms = [await timePull(recorded, orders), await timeBare(recorded)] as const
    if (turn === 0) continue
    pulled.push(ms[0])
    bare.push(ms[1])
  }
  return { pulled: median(pulled), bare: median(bare) }
}

function makeVendure(orders: number): PulledRemote {
  const spec = { ...(DEMO_SHOPS[0] as DemoShopSpec), orders }
  const state = makeDemoShopState(spec, NOW, makeDemoOrders(spec, NOW))
  const access = { username: 'bench', password: 'bench-password-1' }
  const shop = createDemoShop({ ...spec, ...access, state, now: () => NOW, onChange: () => undefined })
  return {
    connectorId: 'vendure',
    answer: async ({ headers, body }) => {
      const asked = JSON.parse(body) as { query: string; variables: Record<string, unknown> }
      const token = (headers['authorization'] ?? '').replace(/^Bearer /i, '')
      const {
        status,
        body: answer,
        newToken,
      } = await shop.answer({ ...asked, origin: 'http://127.0.0.1' }, token)
      const session: Record<string, string> = newToken === null ? {} : { 'vendure-auth-token': newToken }
      return {
        status,
        headers: { 'content-type': 'application/json', ...session },
        body: JSON.stringify(answer),
      }
    },
    settings: (baseUrl) => ({ baseUrl, username: access.username }),
    secrets: { password: access.password },
  }
}

/** An order a minute. */
const timeOf = (at: number, orders: number): number => NOW - (orders - at) * 60_000

function makeShopify(schema: Parameters<typeof createShopifyApi>[0], orders: number): PulledRemote {
  let clock = NOW
  const shop = createShop({ now: () => clock })
  for (let at = 0; at < orders; at++) {
    clock = timeOf(at, orders)
    placeShopifyOrder(shop)
  }
  clock = NOW
  const api = createShopifyApi(schema, shop, { now: () => clock, costOf: () => 0 })
  return {
    connectorId: 'shopify',
    answer: api.answer,
    settings: (baseUrl) => ({ baseUrl }),
    secrets: { accessToken: api.keys.accessToken },
  }
}

function makeAmazon(orders: number): PulledRemote {
  let clock = NOW
  const account = createAccount({ now: () => clock })
  for (let at = 0; at < orders; at++) {
    clock = timeOf(at, orders)
    placeAmazonOrder(account)
  }
  // Whose buckets are full: the connector keeps to its own.
  const answer: PulledRemote['answer'] = (request) => {
    api.fill('SearchOrders')
    return api.answer(request)
  }
  clock = NOW + 300_000
  const api = createAmazonApi(account)
  const { clientId, clientSecret, refreshToken } = api.keys
  return {
    connectorId: 'amazon',
    answer,
    settings: (gatewayUrl) => ({
      region: 'eu',
      clientId,
      gatewayUrl,
      tokenUrl: `${gatewayUrl}/auth/o2/token`,
    }),
    secrets: { clientSecret, refreshToken },
  }
}
