import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { findDemoPicture } from '#main/demo/demo-pictures.ts'
import { findDemoRates } from '#main/demo/demo-rates.ts'
import type { DemoShop } from '#main/demo/demo-shop.ts'

export interface DemoServer {
  baseUrl: string
  /** Ends the connections that are open; the server goes on. */
  cut(): void
  stop(): Promise<void>
}

const MAX_BODY = 1_000_000

/** Serves one demo shop over HTTP, to this machine only. While `isOnline` says no, every connection is cut. */
export function serveDemoShop(shop: DemoShop, isOnline: () => boolean = () => true): Promise<DemoServer> {
  return serve((request, response) => void answer(shop, request, response), isOnline)
}

/** Serves the demo's bank the same way. */
export function serveDemoRates(now: () => number, isOnline: () => boolean): Promise<DemoServer> {
  return serve((request, response) => {
    const found = request.method === 'GET' ? findDemoRates(request.url ?? '', now()) : null
    response.writeHead(found === null ? 404 : 200, { 'content-type': 'text/xml; charset=utf-8' })
    response.end(found ?? '')
  }, isOnline)
}

async function serve(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  isOnline: () => boolean,
): Promise<DemoServer> {
  const server = createServer((request, response) => {
    if (isOnline()) handle(request, response)
    else request.socket.destroy()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    cut: () => {
      server.closeAllConnections()
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

async function answer(shop: DemoShop, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    response.end(JSON.stringify(body))
  }
  const picture = request.method === 'GET' ? findDemoPicture(request.url ?? '') : null
  if (picture !== null) {
    response.writeHead(200, { 'content-type': 'image/png', 'cache-control': 'max-age=3600' })
    response.end(picture)
    return
  }
  if (request.method !== 'POST' || request.url?.startsWith('/admin-api') !== true) {
    send(404, { message: 'Not found' })
    return
  }
  try {
    const origin = `http://${request.headers.host ?? '127.0.0.1'}`
    const asked = { ...readRequest(await readBody(request)), origin }
    const token = (request.headers.authorization ?? '').replace(/^Bearer /i, '')
    const { status, body, newToken } = await shop.answer(asked, token)
    send(status, body, newToken === null ? {} : { 'vendure-auth-token': newToken })
  } catch (error) {
    // Also when the connection was cut in the middle: then nobody reads this.
    send(400, { statusCode: 400, message: error instanceof Error ? error.message : 'Bad request' })
  }
}

function readRequest(text: string): { query: string; variables: Record<string, unknown> } {
  const { query, variables } = JSON.parse(text) as {
    query?: unknown
    variables?: Record<string, unknown> | null
  }
  if (typeof query !== 'string') throw new Error('The request has no query')
  return { query, variables: variables ?? {} }
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
