import type { HttpRequest, HttpResponse } from '#core/connectors/_kit/operation.ts'

/** One exchange, safe to show and to keep: no secret is in it, and nothing that says who a buyer is. */
export interface TraceEntry {
  at: number
  connectionId: string
  operation: string
  /** Name of the request, e.g. of the GraphQL operation. */
  name: string
  method: string
  /** Without its query. */
  url: string
  /** HTTP status; null when there was no answer. */
  status: number | null
  /** Why there was no answer. */
  failure: string | null
  ms: number
  /** Only when bodies are traced. */
  request?: unknown
  response?: unknown
}

export interface Redaction {
  /** Values that must not appear anywhere, e.g. the password and the session's token. */
  secrets: readonly string[]
  personalKeys: readonly string[]
}

const SECRET_KEY =
  /passw|passphrase|secret|token|authorization|cookie|credential|api[-_]?key|signature|session/i
const MASK = '***'

/** A copy of a JSON value with secrets gone and buyers' data masked. */
export function redact(value: unknown, rules: Redaction): unknown {
  if (typeof value === 'string') return hideSecrets(value, rules)
  if (Array.isArray(value)) return value.map((each) => redact(each, rules))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (SECRET_KEY.test(key)) return [key, MASK]
      if (rules.personalKeys.includes(key)) return [key, maskPersonal(each)]
      return [key, redact(each, rules)]
    }),
  )
}

/** The bodies of an exchange, redacted. An answer that is not JSON is only counted: its content cannot be judged. */
export function redactBodies(
  request: HttpRequest,
  response: HttpResponse,
  rules: Redaction,
): Pick<TraceEntry, 'request' | 'response'> {
  return {
    request: redact({ headers: request.headers, json: request.json ?? request.form }, rules),
    response: response.kind === 'answer' ? redact(parseOrCount(response.text), rules) : undefined,
  }
}

/** An address without query, fragment and credentials. */
export function plainUrl(url: string): string {
  return url.replace(/[?#].*$/, '').replace(/\/\/[^/@]*@/, '//')
}

function maskPersonal(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? '' : `${MASK} (${value.length})`
  return value === null || value === undefined ? value : MASK
}

function hideSecrets(text: string, { secrets }: Redaction): string {
  return secrets.reduce((line, secret) => (secret.length < 4 ? line : line.replaceAll(secret, MASK)), text)
}

function parseOrCount(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return `(${text.length} characters, not JSON)`
  }
}
