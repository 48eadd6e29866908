import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { OperationInput, OperationName, OperationOutput } from '#core/contracts/operations.ts'
import type { Result } from '#core/shared/result.ts'
import { openDesk, type Desk } from '#tests/conformance/desk.ts'
import type { Exchange, Fixture } from '#tests/conformance/fixture.ts'
import { recordExchanges } from '#tests/conformance/record-exchanges.ts'
import type { Fault } from '#tests/support/fault.ts'
import type { FaultProxy } from '#tests/support/fault-proxy.ts'
import type { VendurePeer } from '../peers/vendure/peer.ts'

const folder = fileURLToPath(new URL('../../core/connectors/vendure/fixtures/', import.meta.url))

export interface Recorder {
  peer: VendurePeer
  /** Runs an operation against the peer and keeps it as `<operation>.<name>.json`. */
  run: <N extends OperationName>(
    operation: N,
    name: string,
    input: OperationInput<N>,
    options?: RunOptions,
  ) => Promise<Result<OperationOutput<N>>>
  /** Breaks the next request of this name. */
  breakNext: (request: string, fault: Fault) => void
}

export interface RunOptions {
  secrets?: { password?: string }
  /** What another desk does between our reading and our writing. */
  beforeWrite?: () => Promise<void>
}

export function createRecorder(peer: VendurePeer, proxy: FaultProxy): Recorder {
  return {
    peer,
    breakNext: (request, fault) => {
      proxy.plan({ match: ({ operation }) => operation === request, fault })
    },
    async run(operation, name, input, { secrets = {}, beforeWrite } = {}) {
      const exchanges: Exchange[] = []
      const desk: Desk = openDesk(
        {
          connectorId: 'vendure',
          settings: { baseUrl: proxy.baseUrl, username: peer.adminUser },
          secrets: { password: secrets.password ?? peer.adminPassword },
        },
        {
          execute: recordExchanges(exchanges, {
            headers: { 'vendure-auth-token': 'a-session-token' },
            beforeWrite,
          }),
        },
      )
      const result = await desk.runtime.run(desk.connectionId, operation, input)
      const fixture: Fixture = { recordedFrom: 'Vendure 3.7.3', operation, input, exchanges }
      writeFileSync(`${folder}${operation}.${name}.json`, `${JSON.stringify(fixture, null, 2)}\n`)
      const outcome = result.ok ? readOutcome(result.value) : JSON.stringify(result.error)
      process.stdout.write(`${operation} ${name} ${outcome}\n`)
      return result
    },
  }
}

function readOutcome(value: object): string {
  return 'outcome' in value ? String(value.outcome) : 'ok'
}
