import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import { err, ok } from '#core/shared/result.ts'
import { issueOfFailure, issueOfStatus } from '#core/connectors/_kit/http-issue.ts'
import type { HttpRequest, Operation, Step } from '#core/connectors/_kit/operation.ts'
import { readRatesAnswer, type EcbRates } from '#core/connectors/ecb/mapping/rates.ts'

type Name = 'pull-rates'
type Span = OperationInput<Name>['span']

const PATHS: Record<Span, string> = {
  latest: '/stats/eurofxref/eurofxref-daily.xml',
  'days-90': '/stats/eurofxref/eurofxref-hist-90d.xml',
}

/** The newest day, or all of the last 90. */
export const pullRates: Operation<OperationInput<Name>, OperationOutput<Name>> = function* (
  { span },
  { now },
) {
  const read = yield* askRates(span, now)
  return read.ok ? ok(read.value) : err([read.error])
}

/** One document, asked for and read. */
export function* askRates(span: Span, now: number): Step<EcbRates> {
  const response = yield toRequest(span)
  if (response.kind === 'failure') return err(issueOfFailure(response, 'read'))
  const failed = issueOfStatus(response, 'read')
  if (failed !== null) return err(failed)
  return readRatesAnswer(response.text, now)
}

function toRequest(span: Span): HttpRequest {
  return {
    method: 'GET',
    url: PATHS[span],
    headers: { accept: 'application/xml, text/xml' },
    effect: 'read',
    timeoutMs: 30_000,
    name: span === 'latest' ? 'RatesLatest' : 'Rates90Days',
  }
}
