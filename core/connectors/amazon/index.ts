import type { Connector } from '#core/connectors/_kit/connector.ts'
import { amazonManifest } from '#core/connectors/amazon/manifest.ts'
import { amazonSession } from '#core/connectors/amazon/session.ts'
import { rateOf } from '#core/connectors/amazon/throttle.ts'
import { checkOffline } from '#core/connectors/amazon/check-offline.ts'
import { testConnection } from '#core/connectors/amazon/operations/test-connection.ts'
import { pullOrders } from '#core/connectors/amazon/operations/pull-orders.ts'
import { readOrders } from '#core/connectors/amazon/operations/read-orders.ts'
import { pullListings } from '#core/connectors/amazon/operations/pull-listings.ts'
import { readListings } from '#core/connectors/amazon/operations/read-listings.ts'
import { pullListingRules } from '#core/connectors/amazon/operations/pull-listing-rules.ts'
import { pushListing } from '#core/connectors/amazon/operations/push-listing.ts'
import { checkListing } from '#core/connectors/amazon/operations/check-listing.ts'
import { pushPrice } from '#core/connectors/amazon/operations/push-price.ts'
import { pushPrices } from '#core/connectors/amazon/operations/push-prices.ts'
import { readBatch } from '#core/connectors/amazon/operations/read-batch.ts'
import { pushStock } from '#core/connectors/amazon/operations/push-stock.ts'
import { confirmShipment } from '#core/connectors/amazon/operations/confirm-shipment.ts'

export const amazon: Connector = {
  manifest: amazonManifest,
  session: amazonSession,
  rateOf,
  checkOffline,
  operations: {
    'test-connection': testConnection,
    'pull-orders': pullOrders,
    'read-orders': readOrders,
    'confirm-shipment': confirmShipment,
    'pull-listings': pullListings,
    'read-listings': readListings,
    'pull-listing-rules': pullListingRules,
    'push-listing': pushListing,
    'check-listing': checkListing,
    'push-price': pushPrice,
    'push-prices': pushPrices,
    'read-batch': readBatch,
    'push-stock': pushStock,
  },
}
