import type { Manifest } from '#core/connectors/_kit/manifest.ts'
import { ecbManifest } from '#core/connectors/ecb/manifest.ts'
import { shopifyManifest } from '#core/connectors/shopify/manifest.ts'
import { vendureManifest } from '#core/connectors/vendure/manifest.ts'

/** Every connector's description, for screens: without the code that talks to remotes. */
export const manifests: readonly Manifest[] = [vendureManifest, shopifyManifest, ecbManifest]

export function findManifest(connectorId: string): Manifest | null {
  return manifests.find(({ id }) => id === connectorId) ?? null
}
