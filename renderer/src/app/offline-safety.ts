import { computed, type ComputedRef } from 'vue'
import { judgeOffline, type OfflineSafety } from '#core/sync/offline-safety.ts'
import { watchSafetyFacts } from '#renderer/data/queries/offline.ts'
import { useLive } from '#renderer/app/live.ts'
import { useStorageUsage } from '#renderer/app/storage-usage.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'
import { useNow } from '#renderer/ui/now.ts'

/** How long the data here is safe to work on, live; null until it is known. */
export function useOfflineSafety(): ComputedRef<OfflineSafety | null> {
  const { db } = useWorkspace()
  const { data: facts } = useLive(() => watchSafetyFacts(db))
  const usage = useStorageUsage()
  const now = useNow()
  return computed(() =>
    facts.value === undefined
      ? null
      : judgeOffline({ ...facts.value, space: usage.value ?? null, now: now.value }),
  )
}
