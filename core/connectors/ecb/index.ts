import type { Connector } from '#core/connectors/_kit/connector.ts'
import { ecbManifest } from '#core/connectors/ecb/manifest.ts'
import { pullRates } from '#core/connectors/ecb/operations/pull-rates.ts'
import { testConnection } from '#core/connectors/ecb/operations/test-connection.ts'

export const ecb: Connector = {
  manifest: ecbManifest,
  session: null,
  operations: { 'test-connection': testConnection, 'pull-rates': pullRates },
}
