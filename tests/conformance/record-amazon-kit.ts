import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { OperationInput, OperationName, OperationOutput } from '#core/contracts/operations.ts'
import type { Result } from '#core/shared/result.ts'
import { openDesk } from '#tests/conformance/desk.ts'
import type { Exchange, Fixture } from '#tests/conformance/fixture.ts'
import { recordExchanges } from '#tests/conformance/record-exchanges.ts'
import { startFaultProxy, type FaultProxy } from '#tests/support/fault-proxy.ts'
import { startFakeAmazon, type FakeAmazon } from '#tests/fakes/amazon/account-server.ts'
import type { FakeAccount } from '#tests/fakes/amazon/account-state.ts'
import { startModelsGate, type AmazonModel } from '../peers/amazon-models/models.ts'

const folder = fileURLToPath(new URL('../../core/connectors/amazon/fixtures/', import.meta.url))

export interface AmazonRecorder {
  fake: FakeAmazon
  proxy: FaultProxy
  /** Runs an operation against the fake account and keeps it as `<operation>.<name>.json`. */
  run: <N extends OperationName>(
    operation: N,
    name: string,
    input: OperationInput<N>,
    /** What another desk does between our reading and our writing. */
    options?: { beforeWrite?: () => Promise<void> },
  ) => Promise<Result<OperationOutput<N>>>
  /** Throws when anything broke the official models. */
  stop: () => Promise<void>
}

/** Where Amazon's documents lie. */
const STORAGE = 'https://selling-partner-definitions-prod-iad.s3.amazonaws.com'

/** A fake account behind Amazon's official models; `beforeRun` may move its clock. */
export async function startAmazonRecorder(
  account: FakeAccount,
  models: readonly AmazonModel[],
  options: { settings?: Record<string, string>; beforeRun: () => void },
): Promise<AmazonRecorder> {
  const fake = await startFakeAmazon(account)
  const gate = await startModelsGate(models, fake.baseUrl)
  const proxy = await startFaultProxy(gate.baseUrl)
  account.definitions.storageUrl = proxy.baseUrl
  const { clientId, clientSecret, refreshToken } = fake.keys
  const addresses = { gatewayUrl: proxy.baseUrl, tokenUrl: `${proxy.baseUrl}/auth/o2/token` }
  const settings = { region: 'eu', clientId, ...addresses, ...options.settings }
  return {
    ...{ fake, proxy },
    async run(operation, name, input, { beforeWrite } = {}) {
      const exchanges: Exchange[] = []
      const stored = { connectorId: 'amazon', settings, secrets: { clientSecret, refreshToken } }
      const desk = openDesk(stored, { execute: recordExchanges(exchanges, { beforeWrite }) })
      options.beforeRun()
      const result = await desk.runtime.run(desk.connectionId, operation, input)
      const fixture: Fixture = {
        ...{ recordedFrom: 'A fake account behind Amazon’s official models', operation, input },
        // How a token is come by is the runtime's business.
        exchanges: exchanges.filter((exchange) => exchange.name !== 'AccessToken'),
      }
      const text = JSON.stringify(fixture, null, 2).replaceAll(proxy.baseUrl, STORAGE)
      writeFileSync(`${folder}${operation}.${name}.json`, `${text}\n`)
      process.stdout.write(`${operation} ${name} ${result.ok ? 'ok' : JSON.stringify(result.error)}\n`)
      return result
    },
    async stop() {
      await proxy.stop()
      await gate.stop()
      await fake.stop()
      const broken = [...gate.violations, ...fake.violations]
      if (broken.length > 0) throw new Error(broken.join('\n'))
    },
  }
}
