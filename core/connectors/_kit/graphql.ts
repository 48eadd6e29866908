import { issue, type Issue, type IssueCode } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Effect, HttpRequest, HttpResponse, Step } from '#core/connectors/_kit/operation.ts'
import { issueOfResponse, unreadableAnswer } from '#core/connectors/_kit/http-issue.ts'
import { readField } from '#core/connectors/_kit/parse-items.ts'

export interface GraphqlCall {
  /** Must be the operation's name in `query`. */
  name: string
  query: string
  variables: Record<string, unknown>
  effect: Effect
}

/** One API: where it is and what its error codes mean. */
export interface GraphqlApi {
  path: string
  timeoutMs: number
  /** `extensions.code` and `errorCode` → what it means to us. */
  codes: Readonly<Record<string, { code: IssueCode; reason?: string }>>
  /** Last word on an issue, e.g. what a 404 of the endpoint itself means. */
  refine?: (found: Issue, response: HttpResponse) => Issue
}

export type GraphqlData = Readonly<Record<string, unknown>>

/** Sends one call and reads its data, with the first two of the three ways to fail. */
export function* callGraphql(api: GraphqlApi, call: GraphqlCall): Step<GraphqlData> {
  const response = yield graphqlRequest(api, call)
  const read = readGraphql(response, api, call.effect)
  return read.ok ? read : err(api.refine?.(read.error, response) ?? read.error)
}

/** The request of a call. */
export function graphqlRequest(api: GraphqlApi, call: GraphqlCall): HttpRequest {
  return {
    method: 'POST',
    url: api.path,
    headers: { accept: 'application/json' },
    json: { operationName: call.name, query: call.query, variables: call.variables },
    effect: call.effect,
    timeoutMs: api.timeoutMs,
    name: call.name,
  }
}

/**
 * GraphQL fails in three ways: by HTTP status, by `errors[].extensions.code` beside status 200 (or 400), and by a
 * member of a union with `errorCode` where the result should be. The last one is `readErrorResult`, per field.
 */
export function readGraphql(
  response: HttpResponse,
  api: Pick<GraphqlApi, 'codes'>,
  effect: Effect,
): Result<GraphqlData> {
  const httpIssue = issueOfResponse(response, effect)
  const body = response.kind === 'answer' ? parseJson(response.text) : undefined
  // Some servers send GraphQL errors with status 400: their code says more than the status.
  const named = readErrors(body, api, effect, httpIssue !== null)
  const speaks = httpIssue === null || httpIssue.code === 'invalid-input' || httpIssue.code === 'auth'
  if (named !== null && speaks) return err(named)
  if (httpIssue !== null) return err(httpIssue)
  const data = readField(body, 'data')
  if (typeof data === 'object' && data !== null) return ok(data as GraphqlData)
  return err(unreadableAnswer(effect, 'the answer is not GraphQL'))
}

/** The error member of a union result, as an issue; null when the field holds a real result. */
export function readErrorResult(value: unknown, api: Pick<GraphqlApi, 'codes'>): Issue | null {
  const errorCode = readField(value, 'errorCode')
  if (typeof errorCode !== 'string') return null
  const message = readField(value, 'message')
  return namedIssue(errorCode, typeof message === 'string' ? message : '', api, 'read')
}

function readErrors(
  body: unknown,
  api: Pick<GraphqlApi, 'codes'>,
  effect: Effect,
  failed: boolean,
): Issue | null {
  const errors = readField(body, 'errors')
  if (!Array.isArray(errors) || errors.length === 0) return null
  const data = readField(body, 'data')
  const hasData =
    typeof data === 'object' && data !== null && Object.values(data).some((each) => each !== null)
  // Errors of some fields beside data of others: the items that are there are used, item by item.
  if (hasData && !failed) return null
  const code = readField(readField(errors[0], 'extensions'), 'code')
  const message = readField(errors[0], 'message')
  return namedIssue(
    typeof code === 'string' ? code : 'UNNAMED',
    typeof message === 'string' ? message : '',
    api,
    effect,
  )
}

function namedIssue(
  remoteCode: string,
  remoteMessage: string,
  api: Pick<GraphqlApi, 'codes'>,
  effect: Effect,
): Issue {
  const details = { remoteCode: remoteCode.slice(0, 200), remoteMessage: remoteMessage.slice(0, 2000) }
  const known = Object.hasOwn(api.codes, remoteCode) ? api.codes[remoteCode] : undefined
  if (known === undefined) return issue('invalid-input', { ...details, reason: 'refused' })
  const lost = known.code === 'remote-down' && effect === 'write'
  return issue(lost ? 'outcome-unknown' : known.code, { ...details, reason: known.reason })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
