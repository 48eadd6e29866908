import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { issueOfResponse, unreadableAnswer } from '#core/connectors/_kit/http-issue.ts'
import type {
  Effect,
  HttpAnswer,
  HttpRequest,
  HttpResponse,
  OpContext,
  Step,
} from '#core/connectors/_kit/operation.ts'
import { readField } from '#core/connectors/_kit/parse-items.ts'
import { parseJson } from '#core/connectors/_kit/parse-json.ts'
import { amazonManifest } from '#core/connectors/amazon/manifest.ts'
import { readSettings } from '#core/connectors/amazon/settings.ts'

export interface AmazonCall {
  /** The operation's name in Amazon's models, first letter upper case; also the name of its rate in the manifest. */
  name: string
  method: HttpRequest['method']
  /** Begins with `/`; its parts are escaped already. */
  path: string
  /** Lists are sent as Amazon takes them, with commas; undefined is left out. */
  query?: Readonly<Record<string, string | number | readonly string[] | undefined>>
  json?: unknown
  effect: Effect
}

const TIMEOUT_MS = 30_000

/** Sends one call in the account's region and reads its JSON; null where the answer has no body (204). */
export function* callAmazon(call: AmazonCall, { settings }: Pick<OpContext, 'settings'>): Step<unknown> {
  const account = readSettings(settings)
  if (!account.ok) return account
  const response = yield {
    method: call.method,
    url: `${account.value.apiBase}${call.path}${formatQuery(call.query ?? {})}`,
    headers: { accept: 'application/json' },
    ...(call.json === undefined ? {} : { json: call.json }),
    effect: call.effect,
    timeoutMs: TIMEOUT_MS,
    name: call.name,
  }
  return readAmazon(response, call)
}

/** The answer's JSON, or what Amazon's error list and the HTTP status say. */
export function readAmazon(
  response: HttpResponse,
  { name, effect }: Pick<AmazonCall, 'name' | 'effect'>,
): Result<unknown> {
  const failed = issueOfResponse(response, effect)
  if (response.kind === 'failure') return err(failed ?? issue('remote-down'))
  if (failed !== null) return err(refine(failed, response, name))
  if (response.status === 204) return ok(null)
  const body = parseJson(response.text)
  return typeof body === 'object' && body !== null
    ? ok(body)
    : err(unreadableAnswer(effect, `${name}: the answer is not JSON`))
}

function formatQuery(query: NonNullable<AmazonCall['query']>): string {
  const parts = Object.entries(query).flatMap(([key, value]) => {
    if (value === undefined) return []
    const text =
      typeof value === 'object' ? value.map(encodeURIComponent).join(',') : encodeURIComponent(value)
    return [`${key}=${text}`]
  })
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** Adds what Amazon says of it: `{ errors: [{ code, message, details }] }`. */
function refine(found: Issue, answer: HttpAnswer, name: string): Issue {
  const { code, message } = readError(answer)
  const said = {
    ...(code === '' ? {} : { remoteCode: code.slice(0, 200) }),
    ...(message === '' ? {} : { remoteMessage: message.slice(0, 2000) }),
  }
  if (found.code === 'rate-limited')
    return { ...found, ...said, retryAfterMs: found.retryAfterMs ?? msPerToken(name) }
  if (found.code === 'auth' && answer.status === 403)
    return { ...found, ...said, reason: isTokenRefused(answer) ? 'signed-out' : 'role-missing' }
  if (found.code === 'invalid-input' && code !== '') return { ...found, ...said, reason: 'refused' }
  return { ...found, ...said }
}

/** A refusal because of the token and not of what the app may do: the token ended, or is none. */
export function isTokenRefused(answer: HttpAnswer): boolean {
  if (answer.status === 401) return true
  return (
    answer.status === 403 && /access token.*(expired|revoked|malformed|invalid|missing)/i.test(answer.text)
  )
}

function readError({ text }: HttpAnswer): { code: string; message: string } {
  const [first] = asList(readField(parseJson(text), 'errors'))
  const read = (key: string): string => {
    const value = readField(first, key)
    return typeof value === 'string' ? value.trim() : ''
  }
  const message = [read('message'), read('details')].filter(
    (each, at, all) => each !== '' && all.indexOf(each) === at,
  )
  return { code: read('code'), message: message.join(' ') }
}

/** A 429 of Amazon's names no time: the bucket of the operation is empty, and has one again after this. */
function msPerToken(name: string): number {
  const rate =
    amazonManifest.limits.rates?.[name]?.requestsPerSecond ?? amazonManifest.limits.requestsPerSecond
  return Math.ceil(1000 / rate)
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
