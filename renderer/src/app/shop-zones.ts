import { computed, type ComputedRef } from 'vue'
import { watchConnections } from '#renderer/data/queries/connections.ts'
import { useLive } from '#renderer/app/live.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** The time zone of each shop that has one, by the id of its connection; the same map until one changes, as its names are (shop-names.ts). */
export function useShopZones(): ComputedRef<ReadonlyMap<string, string>> {
  const { db } = useWorkspace()
  const { data: connections } = useLive(() => watchConnections(db))
  return computed<ReadonlyMap<string, string>>((before) => {
    const zones = new Map<string, string>()
    for (const { id, calendar } of connections.value ?? [])
      if (calendar !== undefined) zones.set(id, calendar.timeZone)
    const isSame = before?.size === zones.size && [...before].every(([id, zone]) => zones.get(id) === zone)
    return isSame ? before : zones
  })
}
