import type { FailureReason, HttpRequest, HttpResponse, OpContext } from '#core/connectors/_kit/operation.ts'
import type { Connector } from '#core/connectors/_kit/connector.ts'
import type { OperationName, OperationOutput } from '#core/contracts/operations.ts'
import type { Issue } from '#core/shared/issue.ts'
import type { Result } from '#core/shared/result.ts'

/** A recorded run of one operation, sign-in included: fixtures/<operation>.<case>.json of a connector. */
export interface Fixture {
  recordedFrom: string
  operation: OperationName
  input: unknown
  exchanges: Exchange[]
}

export interface Exchange {
  /** Of the request. */
  name: string
  variables?: unknown
  response: RecordedResponse
}

export type RecordedResponse =
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: unknown }
  | { kind: 'failure'; sent: 'not-sent' | 'unknown'; reason: FailureReason }

/** Ends a run that asks for what was not recorded: as if the line broke. */
const NOT_RECORDED: HttpResponse = {
  kind: 'failure',
  sent: 'unknown',
  reason: 'cut-off',
  message: 'not recorded',
}

export interface ReplayedRun<N extends OperationName> {
  result: Result<OperationOutput<N>, Issue[]>
  requests: HttpRequest[]
}

/**
 * Runs an operation over recorded answers: for each request the next one recorded under its name. What the session
 * does is left out; operations do not see it.
 */
export function replay<N extends OperationName>(
  connector: Connector,
  operation: N,
  input: unknown,
  exchanges: readonly Exchange[],
  context: OpContext,
): ReplayedRun<N> {
  const work = connector.operations[operation] as (
    input: unknown,
    context: OpContext,
  ) => Generator<HttpRequest, Result<OperationOutput<N>, Issue[]>, HttpResponse>
  const left = [...exchanges]
  const requests: HttpRequest[] = []
  const generator = work(input, context)
  let step = generator.next()
  while (step.done !== true) {
    const { name } = step.value
    requests.push(step.value)
    if (requests.length > 50) throw new Error(`${operation} does not end`)
    const index = left.findIndex((exchange) => exchange.name === name)
    const [exchange] = index < 0 ? [] : left.splice(index, 1)
    step = generator.next(exchange === undefined ? NOT_RECORDED : toResponse(exchange.response))
  }
  return { result: step.value, requests }
}

export function toResponse(recorded: RecordedResponse): HttpResponse {
  if (recorded.kind === 'failure') return { ...recorded, message: 'recorded failure' }
  const { status, headers, body } = recorded
  return {
    kind: 'answer',
    status,
    headers,
    text: typeof body === 'string' ? body : JSON.stringify(body),
    receivedAt: 0,
  }
}

/** A run whose every answer's body was changed. */
export function changeBodies(fixture: Fixture, change: (body: unknown) => void): Fixture {
  const exchanges = fixture.exchanges.map((exchange): Exchange => {
    if (exchange.response.kind !== 'answer') return exchange
    const body = structuredClone(exchange.response.body)
    change(body)
    return { ...exchange, response: { ...exchange.response, body } }
  })
  return { ...fixture, exchanges }
}
