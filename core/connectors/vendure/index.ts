import type { Connector } from '#core/connectors/_kit/connector.ts'
import { vendureManifest } from '#core/connectors/vendure/manifest.ts'
import { vendureSession } from '#core/connectors/vendure/session.ts'
import { testConnection } from '#core/connectors/vendure/operations/test-connection.ts'
import { pullOrders } from '#core/connectors/vendure/operations/pull-orders.ts'
import { readOrders } from '#core/connectors/vendure/operations/read-orders.ts'
import { confirmShipment } from '#core/connectors/vendure/operations/confirm-shipment.ts'

export const vendure: Connector = {
  manifest: vendureManifest,
  session: vendureSession,
  operations: {
    'test-connection': testConnection,
    'pull-orders': pullOrders,
    'read-orders': readOrders,
    'confirm-shipment': confirmShipment,
  },
}
