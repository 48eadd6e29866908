import { Buffer } from 'node:buffer'
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { Fault } from './fault.ts'
import type { TargetAnswer } from './fault-proxy-forward.ts'

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** The `operationName` of a GraphQL body, else the name in its text, else the first root field; null for other bodies. */
export function readOperation(body: string): string | null {
  if (!body.startsWith('{')) return null
  try {
    const { operationName, query } = JSON.parse(body) as { operationName?: unknown; query?: unknown }
    if (typeof operationName === 'string' && operationName !== '') return operationName
    if (typeof query !== 'string') return null
    const named = /\b(?:query|mutation|subscription)\s+([A-Za-z_]\w*)/.exec(query)
    const rootField = /\{\s*(?:[A-Za-z_]\w*\s*:\s*)?([A-Za-z_]\w*)/.exec(query)
    return named?.[1] ?? rootField?.[1] ?? null
  } catch {
    return null
  }
}

/** The answer of a `status` fault. */
export function inventAnswer(fault: Extract<Fault, { kind: 'status' }>): TargetAnswer {
  const content = fault.body ?? { error: `status ${fault.status} made by the fault proxy` }
  const isText = typeof content === 'string'
  const headers: OutgoingHttpHeaders = {
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json',
  }
  if (fault.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter)
  return {
    status: fault.status,
    headers: { ...headers, ...fault.headers },
    body: Buffer.from(isText ? content : JSON.stringify(content), 'utf8'),
  }
}
