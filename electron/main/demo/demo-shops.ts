import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { DemoShopAccess, DemoShopsPort } from '#main/demo/demo-port.ts'
import { DEMO_SHOPS, makeDemoOrders, type DemoOrder, type DemoShopSpec } from '#main/demo/demo-orders.ts'
import { serveDemoShop, type DemoServer } from '#main/demo/demo-server.ts'
import { createDemoShop } from '#main/demo/demo-shop.ts'

interface Running {
  access: DemoShopAccess
  server: DemoServer
}

type SavedState = Record<string, DemoOrder[]>

const USERNAME = 'demo'

/** `stateFile` keeps the shops' orders over restarts, so that what was shipped stays shipped. */
export function createDemoShops({
  stateFile,
  now,
}: {
  stateFile: string | null
  now: () => number
}): DemoShopsPort {
  const running = new Map<string, Promise<Running>>()
  const line = { online: true }
  const saved = stateFile === null ? {} : readState(stateFile)
  const save = () => {
    if (stateFile !== null) writeState(stateFile, saved)
  }

  async function startOne(spec: DemoShopSpec): Promise<Running> {
    const orders = (saved[spec.shop] ??= makeDemoOrders(spec, now()))
    const password = randomBytes(16).toString('hex')
    const shop = createDemoShop({ ...spec, username: USERNAME, password, orders, now, onChange: save })
    const server = await serveDemoShop(shop, () => line.online)
    const { shop: id, name: accountName } = spec
    return {
      access: { shop: id, baseUrl: server.baseUrl, username: USERNAME, password, accountName },
      server,
    }
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
    setLine(online) {
      line.online = online
      if (online) return
      for (const shop of running.values()) void shop.then(({ server }) => server.cut())
    },
    async stop() {
      const all = [...running.values()]
      running.clear()
      await Promise.all(all.map(async (shop) => (await shop).server.stop()))
    },
  }
}

function readState(file: string): SavedState {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isSavedState(read) ? read : {}
  } catch {
    // No file yet, or one that a crash tore: the demo starts afresh.
    return {}
  }
}

/** Written by this app only, so a look at the shape is enough. */
function isSavedState(read: unknown): read is SavedState {
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return false
  const hasShape = (order: unknown) =>
    typeof order === 'object' &&
    order !== null &&
    'id' in order &&
    'lines' in order &&
    'fulfillments' in order
  return Object.values(read).every((orders) => Array.isArray(orders) && orders.every(hasShape))
}

function writeState(file: string, state: SavedState): void {
  writeFileSync(`${file}.new`, JSON.stringify(state))
  renameSync(`${file}.new`, file)
}
