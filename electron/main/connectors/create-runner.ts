import { setTimeout as sleepFor } from 'node:timers/promises'
import { ecbManifest } from '#core/connectors/ecb/manifest.ts'
import { findConnector } from '#core/connectors/registry.ts'
import { RATES_CONNECTION } from '#core/contracts/built-in.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { Logger } from '#main/app/logging.ts'
import { ok } from '#core/shared/result.ts'
import {
  createConnectorRuntime,
  type ConnectorRuntime,
  type CredentialSource,
} from '#main/connectors/runtime.ts'
import { demoRatesConnector } from '#main/demo/demo-rates.ts'
import { createClockWatch, type ClockWatch } from '#main/http/clock-watch.ts'
import { createPictureFetcher } from '#main/http/picture-fetcher.ts'
import { createHttpExecutor } from '#main/http/executor.ts'
import type { TraceEntry } from '#main/connectors/trace.ts'
import type { ConnectionStore } from '#main/secrets/connection-store.ts'

/** The runtime with real parts: our network, the vault's settings and secrets, the clock. */
export function createRunner(
  connections: Pick<ConnectionStore, 'find' | 'renewSecrets'>,
  logger: Logger,
): ConnectorRuntime & Pick<ClockWatch, 'offMs'> {
  const clock = createClockWatch()
  const runtime = createConnectorRuntime({
    execute: createHttpExecutor({ clock }),
    fetchPicture: createPictureFetcher(),
    credentials: credentialsOf(connections),
    now: Date.now,
    clockOffMs: () => clock.offMs(),
    sleep: (ms, signal) => sleepFor(ms, undefined, { signal }),
    log: (entry) => logFailure(entry, logger),
    findConnector: (id) => (id === demoRatesConnector.manifest.id ? demoRatesConnector : findConnector(id)),
  })
  return { ...runtime, offMs: () => clock.offMs() }
}

/** Settings and secrets of stored connections, and of those that nobody makes. */
export function credentialsOf(connections: Pick<ConnectionStore, 'find' | 'renewSecrets'>): CredentialSource {
  // The bank's address is in its manifest: no entry of the vault can put another in its place.
  const find = async (id: ConnectionId) =>
    id === RATES_CONNECTION.own
      ? ok({ connectorId: ecbManifest.id, settings: {}, secrets: {} })
      : connections.find(id)
  return {
    async settingsOf(id) {
      const found = await find(id)
      return found.ok ? ok({ connectorId: found.value.connectorId, settings: found.value.settings }) : found
    },
    async secretsOf(id) {
      const found = await find(id)
      return found.ok ? ok(found.value.secrets) : found
    },
    keepSecrets: (id, renewed) => connections.renewSecrets(id, renewed),
  }
}

/** Exchanges that went well are no news. */
function logFailure(
  { status, failure, operation, connectionId, name, ms }: TraceEntry,
  logger: Logger,
): void {
  if (failure === null && status !== null && status < 400) return
  logger.warn('exchange failed', { connection: connectionId, operation, request: name, status, failure, ms })
}
