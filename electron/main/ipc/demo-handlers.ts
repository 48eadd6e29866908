import { RATES_CONNECTION } from '#core/contracts/built-in.ts'
import type { DemoSeed, DemoStir } from '#core/contracts/demo.ts'
import type { Nothing } from '#core/contracts/ipc.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { DEMO_CONNECTOR, type DemoShopAccess, type DemoShopsPort } from '#main/demo/demo-port.ts'
import { demoRatesConnector } from '#main/demo/demo-rates.ts'
import type { Handlers, ParsedInput } from '#main/ipc/handle.ts'
import type { ConnectionStore } from '#main/secrets/connection-store.ts'

type Wish = ParsedInput<'demo.start'>['shops'][number]

interface DemoDeps {
  demo: DemoShopsPort
  describeDemo: () => DemoSeed
  connections: ConnectionStore
}

/** Addresses and passwords of demo shops stay in main's memory; the page only names connections. */
export function demoHandlers(
  deps: DemoDeps,
): Pick<Handlers, 'demo.describe' | 'demo.start' | 'demo.set-line' | 'demo.stir'> {
  return {
    'demo.describe': () => ok(deps.describeDemo()),
    'demo.start': ({ shops }) => startDemo(shops, deps),
    'demo.set-line': ({ online }) => {
      deps.demo.setLine(online)
      return ok({})
    },
    'demo.stir': (wish) => stirShop(wish, deps),
  }
}

/** Only shops of this app can be meant: the address is looked up among those that run here. */
async function stirShop(
  { shop, ...wish }: DemoStir,
  { demo, connections }: Pick<DemoDeps, 'demo' | 'connections'>,
): Promise<Result<Nothing>> {
  const found = await connections.find(shop)
  if (!found.ok) return found
  const done = await demo.stir(found.value.settings['baseUrl'] ?? '', wish)
  return done ? ok({}) : err(issue('not-found', { field: 'target', reason: 'nothing-to-stir' }))
}

async function startDemo(
  wishes: readonly Wish[],
  { demo, connections }: Omit<DemoDeps, 'describeDemo'>,
): Promise<Result<Nothing>> {
  const running = await demo.start(wishes.map(({ shop }) => shop))
  for (const { connectionId, shop } of wishes) {
    const access = running.find((candidate) => candidate.shop === shop)
    if (access === undefined) return err(issue('not-found', { field: 'shops', reason: 'unknown-demo-shop' }))
    const bound = await connections.bindInMemory(connectionId, entryOf(access))
    if (!bound.ok) return bound
  }
  return connections.bindInMemory(RATES_CONNECTION.demo, {
    connectorId: demoRatesConnector.manifest.id,
    settings: { baseUrl: await demo.startRates() },
    secrets: {},
  })
}

function entryOf({ baseUrl, username, password }: DemoShopAccess) {
  return { connectorId: DEMO_CONNECTOR, settings: { baseUrl, username }, secrets: { password } }
}
