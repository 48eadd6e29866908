import { Buffer } from 'node:buffer'
import { request as requestHttp, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { request as requestHttps } from 'node:https'

export type TargetAnswer = { status: number; headers: OutgoingHttpHeaders; body: Buffer }

export class TargetUnreachable extends Error {
  override name = 'TargetUnreachable'
}

/** Headers that speak about one connection, not about the message (RFC 9110, 7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * Sends the request to the target and waits for the whole answer, that is, until the target has committed.
 * Asks for an uncompressed answer, so that a cut lands in the JSON and not in a gzip stream.
 */
export function forwardRequest(target: URL, request: IncomingMessage, body: Buffer): Promise<TargetAnswer> {
  const path = `${target.pathname.replace(/\/$/, '')}${request.url ?? '/'}`
  const headers: OutgoingHttpHeaders = {
    ...endToEnd(request.headers),
    host: target.host,
    'accept-encoding': 'identity',
  }
  if (body.length > 0 || request.headers['content-length'] !== undefined)
    headers['content-length'] = body.length
  const send = target.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(new TargetUnreachable(error.message))
    const outgoing = send(
      {
        hostname: target.hostname,
        port: target.port,
        path,
        method: request.method,
        headers,
        agent: false,
      },
      (incoming) => {
        const parts: Buffer[] = []
        incoming.on('data', (part: Buffer) => parts.push(part))
        incoming.once('error', fail)
        incoming.once('end', () =>
          resolve({
            status: incoming.statusCode ?? 502,
            headers: endToEnd(incoming.headers),
            body: Buffer.concat(parts),
          }),
        )
      },
    )
    outgoing.once('error', fail)
    outgoing.end(body)
  })
}

function endToEnd(headers: IncomingMessage['headers']): OutgoingHttpHeaders {
  const kept: OutgoingHttpHeaders = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !hopByHop.has(name)) kept[name] = value
  }
  return kept
}
