import { afterEach, describe, expect, it } from 'vitest'
import { RATES_CONNECTION } from '#core/contracts/built-in.ts'
import { ecb } from '#core/connectors/ecb/index.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import { credentialsOf } from '#main/connectors/create-runner.ts'
import { resolveTarget } from '#main/connectors/request-target.ts'
import { createConnectorRuntime } from '#main/connectors/runtime.ts'
import { demoRatesConnector, findDemoRates } from '#main/demo/demo-rates.ts'
import { createDemoShops } from '#main/demo/demo-shops.ts'
import { createHttpExecutor } from '#main/http/executor.ts'
import { demoHandlers } from '#main/ipc/demo-handlers.ts'
import { createConnectionStore } from '#main/secrets/connection-store.ts'
import type { Vault } from '#main/secrets/vault.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const locked = err(issue('auth', { reason: 'vault-locked' }))
const demo = createDemoShops({ stateFile: null, now: () => NOW })
afterEach(() => demo.stop())

/** The demo as it is opened, over the real network of this machine and with a vault that nobody has opened. */
async function openDemo() {
  const connections = createConnectionStore({ read: async () => locked } as unknown as Vault)
  const handlers = demoHandlers({ demo, describeDemo: () => ({}) as never, connections })
  expect(await handlers['demo.start']({ shops: [] })).toEqual(ok({}))
  return createConnectorRuntime({
    execute: createHttpExecutor({ keepAlive: false }),
    credentials: credentialsOf(connections),
    now: () => NOW,
    sleep: () => Promise.resolve(),
    findConnector: (id) => (id === 'ecb-demo' ? demoRatesConnector : null),
  })
}

describe("the demo's exchange rates", () => {
  it('come by the real way, from this machine, and say whose they are', async () => {
    const runtime = await openDemo()
    const latest = await runtime.run(RATES_CONNECTION.demo, 'pull-rates', { span: 'latest' })
    expect(latest).toMatchObject({
      value: { leftOut: [], sets: [{ base: 'EUR', date: '2026-11-20', source: 'demo' }] },
    })
    const ninety = await runtime.run(RATES_CONNECTION.demo, 'pull-rates', { span: 'days-90' })
    if (!latest.ok || !ninety.ok) throw new Error('no rates')
    expect(ninety.value.sets.length).toBeGreaterThan(60)
    expect(ninety.value.sets[0]).toEqual(latest.value.sets[0])
    expect(Object.keys(latest.value.sets[0]?.rates ?? {}).length).toBeGreaterThan(20)
  })

  it('stop with the line, and are back with it', async () => {
    const runtime = await openDemo()
    const pull = () => runtime.run(RATES_CONNECTION.demo, 'pull-rates', { span: 'latest' })
    demo.setLine(false)
    expect(await pull()).toMatchObject({ error: { code: 'remote-down' } })
    demo.setLine(true)
    expect(await pull()).toMatchObject({ ok: true })
  })

  it('are the same for the same day, and there for nothing else', () => {
    const path = '/stats/eurofxref/eurofxref-daily.xml'
    expect(findDemoRates(path, NOW)).toBe(findDemoRates(path, NOW + 3_600_000))
    expect(findDemoRates(path, NOW)).not.toBe(findDemoRates(path, NOW + 48 * 3_600_000))
    expect(findDemoRates('/admin-api', NOW)).toBeNull()
  })
})

describe("the bank of one's own work", () => {
  it('needs no vault, and no entry of one takes its place', async () => {
    const asked: string[] = []
    const elsewhere = { connectorId: 'ecb-demo', settings: { baseUrl: 'http://127.0.0.1:1' }, secrets: {} }
    const credentials = credentialsOf({
      find: async (id: ConnectionId) => {
        asked.push(id)
        return ok(elsewhere)
      },
      renewSecrets: async () => ok({}),
    })
    expect(await credentials.settingsOf(RATES_CONNECTION.own)).toEqual(
      ok({ connectorId: 'ecb', settings: {} }),
    )
    expect(await credentials.secretsOf(RATES_CONNECTION.own)).toEqual(ok({}))
    expect(asked).toEqual([])
  })

  it('is asked at its own host only', () => {
    expect(resolveTarget(ecb.manifest, {}, '/stats/a.xml')).toBe('https://www.ecb.europa.eu/stats/a.xml')
    expect(() => resolveTarget(ecb.manifest, {}, 'https://www.ecb.example/stats/a.xml')).toThrow()
    expect(() => resolveTarget(ecb.manifest, {}, 'http://www.ecb.europa.eu/stats/a.xml')).toThrow()
  })
})
