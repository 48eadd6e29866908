import type { Manifest } from '#core/connectors/_kit/manifest.ts'

/** Shopify's Admin GraphQL API, for a shop's own app. Documents are checked against the official schema of this version. */
export const shopifyManifest: Manifest = {
  id: 'shopify',
  name: 'Shopify',
  kind: 'shop',
  capabilities: [
    ...(['pull-orders', 'read-orders', 'confirm-shipment'] as const),
    ...(['pull-listings', 'read-listings', 'push-listing', 'push-price', 'push-stock'] as const),
  ],
  address: { hosts: [], settings: ['baseUrl'] },
  auth: 'session',
  settings: [
    { key: 'baseUrl', kind: 'url', required: true },
    { key: 'clientId', kind: 'text', required: false },
  ],
  // Either the secret of an app (Dev Dashboard, client credentials) or a token of a custom app made before 2026.
  secrets: [
    { key: 'clientSecret', kind: 'password', required: false },
    { key: 'accessToken', kind: 'password', required: false },
  ],
  // What Shopify limits is the cost of queries (throttle.ts); requests are few because of it.
  limits: { requestsPerSecond: 10, burst: 20, concurrency: 2, maxPageSize: 250 },
  api: { version: '2026-07', checkedOn: '2026-11-23' },
  personalKeys: ['name', 'company', 'address1', 'address2', 'city', 'zip', 'phone', 'email'],
}
