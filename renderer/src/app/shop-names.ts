import { computed, type ComputedRef } from 'vue'
import { watchConnections } from '#renderer/data/queries/connections.ts'
import { useLive } from '#renderer/app/live.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** What the seller calls each shop, by the id of its connection. */
export function useShopNames(): ComputedRef<ReadonlyMap<string, string>> {
  const { db } = useWorkspace()
  const { data } = useLive(() => watchConnections(db))
  return computed(() => new Map(data.value?.map(({ id, name }) => [id, name])))
}
