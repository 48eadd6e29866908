import * as http from 'node:http'
import * as https from 'node:https'
import type { Socket } from 'node:net'

/** Whether anything of a request can have left this machine. */
export interface ConnectionWatch {
  /** True from the moment the connection stood (for https: its handshake was done). */
  opened: boolean
  /** True when the request went over a connection kept from an earlier one. */
  reused: boolean
  /** What axios takes as `transport`: node's own `request`, watched. */
  transport: { request: typeof http.request }
}

/**
 * A request is written as soon as its connection stands, and node does not say when its bytes left. So everything that
 * fails before is "not sent", and everything after may have been acted on.
 */
export function watchConnection(isHttps: boolean): ConnectionWatch {
  const watch: ConnectionWatch = { opened: false, reused: false, transport: { request: http.request } }
  const request = (...parameters: Parameters<typeof http.request>): http.ClientRequest => {
    const outgoing = isHttps ? https.request(...parameters) : http.request(...parameters)
    outgoing.once('socket', (socket) => {
      watch.reused = outgoing.reusedSocket
      if (watch.reused) watch.opened = true
      else noteOpening(socket, isHttps, watch)
    })
    return outgoing
  }
  watch.transport = { request: request as typeof http.request }
  return watch
}

function noteOpening(socket: Socket, isHttps: boolean, watch: ConnectionWatch): void {
  const open = (): void => void (watch.opened = true)
  if (isHttps) socket.once('secureConnect', open)
  else if (socket.connecting) socket.once('connect', open)
  else open()
}
