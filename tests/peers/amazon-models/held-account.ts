import { openDesk, type Desk } from '../../conformance/desk.ts'
import { startFakeAmazon, type FakeAmazon } from '../../fakes/amazon/account-server.ts'
import { createAccount } from '../../fakes/amazon/account-state.ts'
import { startFaultProxy, type FaultProxy } from '../../support/fault-proxy.ts'
import { startModelsGate, type AmazonModel, type ModelsGate } from './models.ts'

/** A fake account behind the official models, on a line that can be broken. */
export interface HeldAccount {
  fake: FakeAmazon
  gate: ModelsGate
  proxy: FaultProxy
  /** A desk that is signed in to it, with these settings and secrets beside or in place of the right ones. */
  open: (over?: { settings?: Record<string, string>; secrets?: Record<string, string> }) => Desk
  /** What broke the models, or the fake. Must stay empty. */
  broken: () => string[]
  stop: () => Promise<void>
}

export async function startHeldAccount(models: readonly AmazonModel[]): Promise<HeldAccount> {
  const fake = await startFakeAmazon(createAccount())
  const gate = await startModelsGate(models, fake.baseUrl)
  const proxy = await startFaultProxy(gate.baseUrl)
  return {
    ...{ fake, gate, proxy },
    open({ settings, secrets } = {}) {
      const { clientId, clientSecret, refreshToken } = fake.keys
      const base = { gatewayUrl: proxy.baseUrl, tokenUrl: `${proxy.baseUrl}/auth/o2/token` }
      return openDesk({
        connectorId: 'amazon',
        settings: { region: 'eu', clientId, ...base, ...settings },
        secrets: { clientSecret, refreshToken, ...secrets },
      })
    },
    broken: () => [...gate.violations, ...fake.violations],
    async stop() {
      await proxy.stop()
      await gate.stop()
      await fake.stop()
    },
  }
}
