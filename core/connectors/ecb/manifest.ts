import type { Manifest } from '#core/connectors/_kit/manifest.ts'

/** Reference rates of the European Central Bank: open to everybody, nothing to sign in to, nothing a person has to set up. */
export const ecbManifest: Manifest = {
  id: 'ecb',
  name: 'European Central Bank',
  kind: 'rates',
  capabilities: ['pull-rates'],
  address: { hosts: ['www.ecb.europa.eu'], settings: [] },
  auth: 'none',
  settings: [],
  secrets: [],
  // The bank names no limit; one document a day is asked for.
  limits: { requestsPerSecond: 1, burst: 4, concurrency: 1, maxPageSize: 100 },
  api: { version: 'eurofxref', checkedOn: '2026-11-22' },
  personalKeys: [],
}
