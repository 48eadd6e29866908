import type { Manifest } from '#core/connectors/_kit/manifest.ts'

/** Vendure, a shop server people run themselves. Checked against a real 3.7.3 in tests/peers/vendure. */
export const vendureManifest: Manifest = {
  id: 'vendure',
  name: 'Vendure',
  kind: 'shop',
  capabilities: [
    'pull-orders',
    'read-orders',
    'confirm-shipment',
    'cancel-order',
    'note-order',
    'pull-listings',
    'read-listings',
    'push-listing',
    'push-price',
    'push-stock',
  ],
  address: { hosts: [], settings: ['baseUrl'] },
  auth: 'session',
  settings: [
    { key: 'baseUrl', kind: 'url', required: true },
    { key: 'username', kind: 'text', required: true },
  ],
  secrets: [{ key: 'password', kind: 'password', required: true }],
  // Vendure sets no limit of its own; these are good manners towards a small server.
  limits: { requestsPerSecond: 10, burst: 20, concurrency: 4, maxPageSize: 1000 },
  api: { version: '3.7', checkedOn: '2026-11-22' },
  personalKeys: [
    'firstName',
    'lastName',
    'fullName',
    'company',
    'emailAddress',
    'phoneNumber',
    'streetLine1',
    'streetLine2',
    'city',
    'postalCode',
    // What people write at an order is about its buyer.
    'note',
    'reason',
  ],
}
