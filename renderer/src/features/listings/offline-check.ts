import { computed, type ComputedRef } from 'vue'
import { findOfflineCheck } from '#core/connectors/offline-checks.ts'
import { listingFields } from '#core/listing/fields.ts'
import type { RuleFinding } from '#core/listing/rules.ts'
import { isEqual } from '#core/sync/merge3.ts'
import { watchListingRules } from '#renderer/data/queries/listing-rules.ts'
import type { ListingDetail } from '#renderer/data/queries/listings.ts'
import { useLive } from '#renderer/app/live.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** What rules that are kept here say of a listing's unsent values. */
export interface OfflineCheck {
  /** By field. */
  findings: ReadonlyMap<string, readonly RuleFinding[]>
  /** When the oldest of the rules was read, epoch ms; null while none is here. */
  readAt: number | null
}

/** Holds what is not sent yet to rules that are here, also without a line; null where the connector has none. */
export function useOfflineCheck(detail: () => ListingDetail | null): ComputedRef<OfflineCheck | null> {
  const { db } = useWorkspace()
  const check = computed(() => findOfflineCheck(detail()?.connection?.connectorId ?? ''))
  const rules = useLive(() => {
    const listing = detail()?.listing
    return listing === undefined || check.value === null
      ? null
      : watchListingRules(db, listing.connectionId, listing.ruleSets ?? [])
  })
  return computed(() => {
    const [shown, kept, hold] = [detail(), rules.data.value, check.value]
    if (shown === null || kept === undefined || hold === null) return null
    const findings = new Map<string, RuleFinding[]>()
    for (const finding of hold(kept, shown.listing, changedFields(shown)))
      findings.set(finding.field, [...(findings.get(finding.field) ?? []), finding])
    return { findings, readAt: kept.length === 0 ? null : Math.min(...kept.map(({ readAt }) => readAt)) }
  })
}

/** What the shop has is not ours to judge. */
function changedFields({ listing, shadow }: ListingDetail): string[] {
  const there = shadow === null ? new Map<string, unknown>() : listingFields(shadow)
  return [...listingFields(listing)].flatMap(([field, value]) =>
    isEqual(value, there.get(field)) ? [] : [field],
  )
}
