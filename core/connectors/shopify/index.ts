import type { Connector } from '#core/connectors/_kit/connector.ts'
import { shopifyManifest } from '#core/connectors/shopify/manifest.ts'
import { shopifySession } from '#core/connectors/shopify/session.ts'
import { waitAfter } from '#core/connectors/shopify/throttle.ts'
import { testConnection } from '#core/connectors/shopify/operations/test-connection.ts'
import { pullOrders } from '#core/connectors/shopify/operations/pull-orders.ts'
import { readOrders } from '#core/connectors/shopify/operations/read-orders.ts'
import { pullListings } from '#core/connectors/shopify/operations/pull-listings.ts'
import { pushListing } from '#core/connectors/shopify/operations/push-listing.ts'
import { pushPrice } from '#core/connectors/shopify/operations/push-price.ts'
import { pushStock } from '#core/connectors/shopify/operations/push-stock.ts'
import { readListings } from '#core/connectors/shopify/operations/read-listings.ts'
import { confirmShipment } from '#core/connectors/shopify/operations/confirm-shipment.ts'

export const shopify: Connector = {
  manifest: shopifyManifest,
  session: shopifySession,
  waitAfter,
  operations: {
    'test-connection': testConnection,
    'pull-orders': pullOrders,
    'read-orders': readOrders,
    'confirm-shipment': confirmShipment,
    'pull-listings': pullListings,
    'read-listings': readListings,
    'push-listing': pushListing,
    'push-price': pushPrice,
    'push-stock': pushStock,
  },
}
