import type { Manifest } from '#core/connectors/_kit/manifest.ts'
import { REGION_HOSTS } from '#core/connectors/amazon/marketplaces.ts'
import { TOKEN_HOST } from '#core/connectors/amazon/settings.ts'

/** Amazon's Selling Partner API, for a seller's own private app. Requests are held to Amazon's official models in tests. */
export const amazonManifest: Manifest = {
  id: 'amazon',
  name: 'Amazon',
  kind: 'marketplace',
  capabilities: [
    ...(['pull-orders', 'read-orders', 'confirm-shipment', 'pull-listings', 'read-listings'] as const),
    ...(['pull-listing-rules', 'push-listing', 'check-listing', 'push-price', 'push-prices'] as const),
    ...(['read-batch', 'push-stock'] as const),
  ],
  // Amazon's own hosts, or the seller's gateway; documents of feeds and schemas of product types lie in storage of its own.
  address: {
    hosts: [...Object.values(REGION_HOSTS), TOKEN_HOST, 'm.media-amazon.com', '*.amazonaws.com'],
    settings: ['gatewayUrl', 'tokenUrl'],
  },
  auth: 'session',
  changesAreDated: true,
  // Data Protection Policy: buyers' data no longer than 30 days after delivery.
  retentionDays: 30,
  settings: [
    { key: 'region', kind: 'text', required: true },
    { key: 'clientId', kind: 'text', required: true },
    { key: 'marketplaces', kind: 'text', required: false },
    { key: 'sellerId', kind: 'text', required: false },
    { key: 'gatewayUrl', kind: 'url', required: false },
    { key: 'tokenUrl', kind: 'url', required: false },
  ],
  secrets: [
    { key: 'clientSecret', kind: 'password', required: true },
    { key: 'refreshToken', kind: 'password', required: true },
  ],
  limits: {
    ...{ requestsPerSecond: 10, burst: 20, concurrency: 4, maxPageSize: 100 },
    // Usage plans of the official models; what an answer says of a seller's own plan replaces them.
    rates: {
      SearchOrders: { requestsPerSecond: 0.0056, burst: 20 },
      GetOrder: { requestsPerSecond: 0.5, burst: 30 },
      ConfirmShipment: { requestsPerSecond: 2, burst: 10 },
      SearchListingsItems: { requestsPerSecond: 5, burst: 5 },
      GetListingsItem: { requestsPerSecond: 5, burst: 10 },
      PatchListingsItem: { requestsPerSecond: 5, burst: 5 },
      GetDefinitionsProductType: { requestsPerSecond: 5, burst: 10 },
      // Storage names no plan: as often as what leads there.
      ProductTypeSchema: { requestsPerSecond: 5, burst: 10 },
      CreateFeedDocument: { requestsPerSecond: 0.5, burst: 15 },
      UploadFeed: { requestsPerSecond: 0.5, burst: 15 },
      CreateFeed: { requestsPerSecond: 0.0083, burst: 15 },
      GetFeed: { requestsPerSecond: 2, burst: 15 },
      GetFeedDocument: { requestsPerSecond: 0.0222, burst: 10 },
      FeedReport: { requestsPerSecond: 0.0222, burst: 10 },
      GetMarketplaceParticipations: { requestsPerSecond: 0.016, burst: 15 },
    },
    // A third of the burst of GetOrder: what was read is kept before the bucket is empty.
    readsAtOnce: 10,
    // What Amazon took shows after minutes: a change whose answer was lost is not sent again before (our own measure, Amazon names none).
    settleSeconds: 300,
    // One by one, 20 prices take 60 calls and 12 seconds; a feed takes some minutes at Amazon.
    batch: { least: 20, most: 500 },
    leastPullMinutes: 5,
  },
  api: { version: 'Orders 2026-01-01', checkedOn: '2026-11-23' },
  personalKeys: [
    ...['name', 'companyName', 'addressLine1', 'addressLine2', 'addressLine3', 'city', 'postalCode', 'phone'],
    ...['buyerName', 'buyerEmail', 'buyerCompanyName', 'legalName', 'taxRegistrationNumber', 'giftMessage'],
    ...['streetName', 'streetNumber', 'complement', 'neighborhood', 'dropOffLocation', 'addressInstruction'],
  ],
}
