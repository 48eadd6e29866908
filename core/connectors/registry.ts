import type { Connector } from '#core/connectors/_kit/connector.ts'
import { amazon } from '#core/connectors/amazon/index.ts'
import { ecb } from '#core/connectors/ecb/index.ts'
import { shopify } from '#core/connectors/shopify/index.ts'
import { vendure } from '#core/connectors/vendure/index.ts'

/** Every connector there is. The conformance suite runs over this list; a new connector is one more entry. */
export const connectors: readonly Connector[] = [vendure, shopify, amazon, ecb]

export function findConnector(connectorId: string): Connector | null {
  return connectors.find(({ manifest }) => manifest.id === connectorId) ?? null
}
