import { expect, it } from 'vitest'
import type { OperationName } from '#core/contracts/operations.ts'
import type { IssueCode } from '#core/shared/issue.ts'
import type { Exchange, Fixture, replay } from '#tests/conformance/fixture.ts'

export type Statuses = Partial<Record<number, IssueCode>>

export type Run = <N extends OperationName>(fixture: Fixture) => ReturnType<typeof replay<N>>

/** Sign-in belongs to the runtime, not to an operation. */
export function isSessionExchange(exchange: Exchange | undefined): boolean {
  return exchange?.name === 'Login'
}

const STATUSES: Record<number, IssueCode> = {
  301: 'remote-down',
  400: 'invalid-input',
  401: 'auth',
  403: 'auth',
  404: 'not-found',
  405: 'unsupported',
  408: 'remote-down',
  409: 'conflict',
  422: 'invalid-input',
  429: 'rate-limited',
  500: 'remote-down',
  502: 'remote-down',
  503: 'remote-down',
  504: 'remote-down',
}

/** Every HTTP status in answer to everything an operation asks. */
export function describeStatuses(fixture: Fixture, run: Run, statuses: Statuses = {}): void {
  it.each(Object.keys(STATUSES).map(Number))('makes an issue of HTTP %d', (status) => {
    const exchanges = fixture.exchanges.map((exchange): Exchange => {
      if (isSessionExchange(exchange)) return exchange
      return { ...exchange, response: { kind: 'answer', status, headers: {}, body: '<html>no</html>' } }
    })
    const code = statuses[status] ?? STATUSES[status]
    expect(run({ ...fixture, exchanges }).result).toMatchObject({ ok: false, error: [{ code }] })
  })
}
