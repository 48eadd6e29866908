import type { CheckOffline } from '#core/listing/rules.ts'
import { checkOffline as checkAmazon } from '#core/connectors/amazon/check-offline.ts'

/** Connectors that can hold a listing to rules kept here, for screens: without the code that talks to remotes. */
const checks: Readonly<Record<string, CheckOffline>> = { amazon: checkAmazon }

export function findOfflineCheck(connectorId: string): CheckOffline | null {
  return Object.hasOwn(checks, connectorId) ? (checks[connectorId] ?? null) : null
}
