import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import type { DemoShopAccess, DemoShopsPort } from '#main/demo/demo-port.ts'
import { createDemoShop, type DemoShop } from '#main/demo/demo-shop.ts'
import { DEMO_SHOPS, makeDemoOrders, type DemoOrder, type DemoShopSpec } from '#main/demo/demo-orders.ts'

interface Running extends DemoShopAccess {
  server: Server
  state: DemoShop
}

const USERNAME = 'demo'
const MAX_BODY = 1_000_000

/** `stateFile` keeps the shops' orders over restarts, so that what was shipped stays shipped. */
export function createDemoShops({ stateFile, now }: { stateFile: string | null; now: () => number }): DemoShopsPort {
  const running = new Map<string, Running>()
  const line = { online: true }
  const saved = stateFile ? readState(stateFile) : {}
  const save = () => {
    if (!stateFile) return
    for (const [shop, { state }] of running) saved[shop] = state.orders
    writeFileSync(`${stateFile}.new`, JSON.stringify(saved))
    renameSync(`${stateFile}.new`, stateFile)
  }

  async function startOne(spec: DemoShopSpec): Promise<Running> {
    const password = randomBytes(16).toString('hex')
    const orders = saved[spec.shop] ?? makeDemoOrders(spec, now())
    const state = createDemoShop({ ...spec, username: USERNAME, password, orders, now, onChange: save })
    const server = createServer((request, response) => {
      if (line.online) void serve(state, request, response)
      else request.socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const baseUrl = `http://127.0.0.1:${String(port)}`
    return { shop: spec.shop, baseUrl, username: USERNAME, password, accountName: spec.name, server, state }
  }

  return {
    async start(shops) {
      for (const spec of DEMO_SHOPS) {
        if (shops.includes(spec.shop) && !running.has(spec.shop)) running.set(spec.shop, await startOne(spec))
      }
      save()
      return [...running.values()].map(({ server: _server, state: _state, ...access }) => access)
    },
    setLine(online) {
      line.online = online
      if (!online) for (const { server } of running.values()) server.closeAllConnections()
    },
    async stop() {
      const closing = [...running.values()].map(({ server }) => {
        server.closeAllConnections()
        return new Promise((resolve) => server.close(resolve))
      })
      running.clear()
      await Promise.all(closing)
    },
  }
}

function readState(file: string): Record<string, DemoOrder[]> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, DemoOrder[]>
  } catch {
    // No file yet, or one that a crash tore: the demo starts afresh.
    return {}
  }
}

async function serve(shop: DemoShop, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    response.end(JSON.stringify(body))
  }
  if (request.method !== 'POST' || !request.url?.startsWith('/admin-api')) {
    send(404, { message: 'Not found' })
    return
  }
  try {
    const { query, variables } = JSON.parse(await readBody(request)) as {
      query: string
      variables?: Record<string, unknown>
    }
    const token = (request.headers.authorization ?? '').replace(/^Bearer /i, '')
    const { body, newToken } = await shop.answer({ query, variables: variables ?? {} }, token)
    send(body.data === undefined ? 400 : 200, body, newToken ? { 'vendure-auth-token': newToken } : {})
  } catch (error) {
    send(400, { errors: [{ message: error instanceof Error ? error.message : 'Bad request' }] })
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY) throw new Error('The request is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
