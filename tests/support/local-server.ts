import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readBody } from './fault-proxy-wire.ts'

export interface LocalServer {
  baseUrl: string
  stop: () => Promise<void>
}

/** An HTTP server on 127.0.0.1, on any free port. What `answer` throws goes to `onFault`, and to the client as a 500. Tests only. */
export async function startLocalServer(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  onFault: (error: unknown) => void,
): Promise<LocalServer> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      onFault(error)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** A request as a server has read it; `path` with its query, header names in lower case. */
export interface WireRequest {
  method: string
  path: string
  headers: Readonly<Record<string, string>>
  body: string
}

export interface WireAnswer {
  status: number
  headers: Record<string, string>
  body: string
  /** In place of `body`: what is no text. */
  bytes?: Uint8Array
}

/** A server that is a function, so that it can also be asked without a line between. */
export type Answering = (request: WireRequest) => Promise<WireAnswer>

/** Serves one of them. */
export function serveLocally(answer: Answering, onFault: (error: unknown) => void): Promise<LocalServer> {
  return startLocalServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '/' } = incoming
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    )
    const body = (await readBody(incoming)).toString('utf8')
    const answered = await answer({ method, path: url, headers, body })
    outgoing.writeHead(answered.status, answered.headers).end(answered.bytes ?? answered.body)
  }, onFault)
}
