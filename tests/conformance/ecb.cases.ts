import { ecb } from '#core/connectors/ecb/index.ts'
import type { ConnectorCases } from '#tests/conformance/conformance.ts'
import { loadFixtures } from '#tests/conformance/fixture-files.ts'

export const ecbCases: ConnectorCases = {
  connector: ecb,
  settings: {},
  fixtures: loadFixtures('ecb'),
  issues: {
    'pull-rates.cut-off': 'malformed',
    'pull-rates.decimal-commas': 'malformed',
    'pull-rates.doctype': 'malformed',
    'pull-rates.error': 'remote-down',
    'pull-rates.no-rates': 'malformed',
    'pull-rates.other-sender': 'malformed',
    'pull-rates.throttled': 'rate-limited',
    'pull-rates.web-page': 'malformed',
    'test-connection.error': 'remote-down',
  },
  rates: { success: 'pull-rates.success', latest: 'pull-rates.latest', throttled: 'pull-rates.throttled' },
}
