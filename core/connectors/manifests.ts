import type { Manifest } from '#core/connectors/_kit/manifest.ts'
import { MOST_READ_AT_ONCE } from '#core/contracts/operations.ts'
import type { BatchLimits } from '#core/sync/choose-batches.ts'
import { amazonManifest } from '#core/connectors/amazon/manifest.ts'
import { ecbManifest } from '#core/connectors/ecb/manifest.ts'
import { shopifyManifest } from '#core/connectors/shopify/manifest.ts'
import { vendureManifest } from '#core/connectors/vendure/manifest.ts'

/** Every connector's description, for screens: without the code that talks to remotes. */
export const manifests: readonly Manifest[] = [vendureManifest, shopifyManifest, amazonManifest, ecbManifest]

export function findManifest(connectorId: string): Manifest | null {
  return manifests.find(({ id }) => id === connectorId) ?? null
}

/** Shortest time between two pulls that run by themselves, ms; 0 where the remote sets none. */
export function leastPullMs(connectorId: string): number {
  return (findManifest(connectorId)?.limits.leastPullMinutes ?? 0) * 60_000
}

/** How many changes of prices make a batch; null where they go one by one. */
export function batchLimits(connectorId: string): BatchLimits | null {
  return findManifest(connectorId)?.limits.batch ?? null
}

/** How long a change may still arrive, or show, of which nobody knows whether it did, ms; see `settleMsOf`. */
export function listingSettleMs(connectorId: string): number {
  return (findManifest(connectorId)?.limits.settleSeconds ?? 0) * 1_000
}

/** How many orders one call of ours may read by id. */
export function readsAtOnce(connectorId: string): number {
  return Math.min(MOST_READ_AT_ONCE, findManifest(connectorId)?.limits.readsAtOnce ?? MOST_READ_AT_ONCE)
}
