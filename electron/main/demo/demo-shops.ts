import { randomBytes } from 'node:crypto'
import { DEMO_SHOPS, type DemoShopSpec } from '#main/demo/demo-orders.ts'
import type { DemoShopAccess, DemoShopsPort } from '#main/demo/demo-port.ts'
import { serveDemoRates, serveDemoShop, type DemoServer } from '#main/demo/demo-server.ts'
import { makeDemoShopState, type DemoShopWorld } from '#main/demo/demo-shop-state.ts'
import { createDemoShop } from '#main/demo/demo-shop.ts'
import { readDemoState, writeDemoState } from '#main/demo/demo-state-file.ts'
import { stirDemoShop } from '#main/demo/stir-demo-shop.ts'

interface Running {
  access: DemoShopAccess
  server: DemoServer
  spec: DemoShopSpec
  world: DemoShopWorld
}

const USERNAME = 'demo'

/** `stateFile` keeps what the shops know over restarts, so that what was shipped stays shipped. */
export function createDemoShops({
  stateFile,
  now,
}: {
  stateFile: string | null
  now: () => number
}): DemoShopsPort {
  const running = new Map<string, Promise<Running>>()
  let bank: Promise<DemoServer> | null = null
  const line = { online: true }
  const saved = stateFile === null ? {} : readDemoState(stateFile, now())
  const save = () => {
    if (stateFile !== null) writeDemoState(stateFile, saved)
  }

  async function startOne(spec: DemoShopSpec): Promise<Running> {
    const state = (saved[spec.shop] ??= makeDemoShopState(spec, now()))
    const password = randomBytes(16).toString('hex')
    const world = { state, now, onChange: save }
    const shop = createDemoShop({ ...spec, ...world, username: USERNAME, password })
    const server = await serveDemoShop(shop, () => line.online)
    const { shop: id, name: accountName } = spec
    const access = { shop: id, baseUrl: server.baseUrl, username: USERNAME, password, accountName }
    return { access, server, spec, world }
  }

  return {
    async start(shops) {
      for (const spec of DEMO_SHOPS) {
        // The promise is kept, so that two calls at once do not start a shop twice.
        if (shops.includes(spec.shop) && !running.has(spec.shop)) running.set(spec.shop, startOne(spec))
      }
      const started = await Promise.all(running.values())
      save()
      return started.map(({ access }) => access)
    },
    async startRates() {
      bank ??= serveDemoRates(now, () => line.online)
      return (await bank).baseUrl
    },
    setLine(online) {
      line.online = online
      if (online) return
      void bank?.then((server) => server.cut())
      for (const shop of running.values()) void shop.then(({ server }) => server.cut())
    },
    async stir(baseUrl, wish) {
      const shops = await Promise.all(running.values())
      const found = shops.find(({ access }) => access.baseUrl === baseUrl)
      return found !== undefined && stirDemoShop(found.world, found.spec, wish)
    },
    async stop() {
      const all = [...running.values()]
      running.clear()
      const served = bank
      bank = null
      await Promise.all([(await served)?.stop(), ...all.map(async (shop) => (await shop).server.stop())])
    },
  }
}
