import { createHttpExecutor, type HttpExecutor } from '#main/http/executor.ts'
import type { Exchange } from '#tests/conformance/fixture.ts'

export interface RecordingOptions {
  /** Headers of answers that are kept, each with what stands for its value; undefined keeps the value. */
  headers?: Readonly<Record<string, string | undefined>>
  /** What another desk does between our reading and our writing. */
  beforeWrite?: (() => Promise<void>) | undefined
}

/** Sends requests, and keeps what went over the line in `exchanges`, without secrets. */
export function recordExchanges(exchanges: Exchange[], options: RecordingOptions = {}): HttpExecutor {
  const execute = createHttpExecutor()
  const headers = { 'content-type': undefined, 'retry-after': undefined, ...options.headers }
  return async (request, signal) => {
    if (request.effect === 'write') await options.beforeWrite?.()
    const response = await execute(request, signal)
    exchanges.push({
      name: request.name,
      variables: maskSecrets(variablesOf(request)),
      response:
        response.kind === 'failure'
          ? { kind: 'failure', sent: response.sent, reason: response.reason }
          : {
              kind: 'answer',
              status: response.status,
              headers: pickHeaders(response.headers, headers),
              body: response.text === '' ? '' : (JSON.parse(response.text) as unknown),
            },
    })
    return response
  }
}

/** Of a GraphQL document, or what a request says in its address and body. */
function variablesOf({ json, url }: Parameters<HttpExecutor>[0]): unknown {
  if (typeof json === 'object' && json !== null && 'query' in json)
    return 'variables' in json ? (json.variables ?? {}) : {}
  const { pathname, search } = new URL(url)
  return { path: pathname + search, ...(json === undefined ? {} : { body: json }) }
}

function maskSecrets(variables: unknown): unknown {
  return typeof variables === 'object' && variables !== null && 'password' in variables
    ? { ...variables, password: '***' }
    : variables
}

function pickHeaders(
  all: Readonly<Record<string, string>>,
  kept: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(kept).flatMap(([name, standIn]) => {
      const value = all[name]
      return value === undefined ? [] : [[name, standIn ?? value]]
    }),
  )
}
