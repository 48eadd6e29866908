import type { Connector } from '#core/connectors/_kit/connector.ts'
import { shopifyManifest } from '#core/connectors/shopify/manifest.ts'
import { shopifySession } from '#core/connectors/shopify/session.ts'
import { waitAfter } from '#core/connectors/shopify/throttle.ts'
import { testConnection } from '#core/connectors/shopify/operations/test-connection.ts'
import { pullOrders } from '#core/connectors/shopify/operations/pull-orders.ts'
import { readOrders } from '#core/connectors/shopify/operations/read-orders.ts'
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
  },
}
