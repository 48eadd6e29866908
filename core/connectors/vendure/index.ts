import type { Connector } from '#core/connectors/_kit/connector.ts'
import { vendureManifest } from '#core/connectors/vendure/manifest.ts'
import { vendureSession } from '#core/connectors/vendure/session.ts'
import { testConnection } from '#core/connectors/vendure/operations/test-connection.ts'
import { pullOrders } from '#core/connectors/vendure/operations/pull-orders.ts'
import { readOrders } from '#core/connectors/vendure/operations/read-orders.ts'
import { confirmShipment } from '#core/connectors/vendure/operations/confirm-shipment.ts'
import { cancelOrder } from '#core/connectors/vendure/operations/cancel-order.ts'
import { noteOrder } from '#core/connectors/vendure/operations/note-order.ts'
import { pullListings } from '#core/connectors/vendure/operations/pull-listings.ts'
import { readListings } from '#core/connectors/vendure/operations/read-listings.ts'
import { pushListing } from '#core/connectors/vendure/operations/push-listing.ts'
import { pushPrice } from '#core/connectors/vendure/operations/push-price.ts'
import { pushStock } from '#core/connectors/vendure/operations/push-stock.ts'

export const vendure: Connector = {
  manifest: vendureManifest,
  session: vendureSession,
  operations: {
    'test-connection': testConnection,
    'pull-orders': pullOrders,
    'read-orders': readOrders,
    'confirm-shipment': confirmShipment,
    'cancel-order': cancelOrder,
    'note-order': noteOrder,
    'pull-listings': pullListings,
    'read-listings': readListings,
    'push-listing': pushListing,
    'push-price': pushPrice,
    'push-stock': pushStock,
  },
}
