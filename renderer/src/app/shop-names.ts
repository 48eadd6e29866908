import { computed, type ComputedRef, type Ref } from 'vue'
import type { Connection } from '#renderer/data/records.ts'
import { watchConnections } from '#renderer/data/queries/connections.ts'
import { useLive } from '#renderer/app/live.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

type Named = Pick<Connection, 'id' | 'name'>

/** What the seller calls each shop, by the id of its connection. */
export function useShopNames(): ComputedRef<ReadonlyMap<string, string>> {
  const { db } = useWorkspace()
  return shopNamesOf(useLive(() => watchConnections(db)).data)
}

/**
 * The same of connections that are at hand. It stays the same map until a name changes: a pull notes its place in the connection
 * with every page, and a new map would draw every row anew that shows a name.
 */
export function shopNamesOf(
  connections: Readonly<Ref<readonly Named[] | undefined>>,
): ComputedRef<ReadonlyMap<string, string>> {
  return computed<ReadonlyMap<string, string>>((before) => {
    const names = new Map<string, string>(connections.value?.map(({ id, name }) => [id, name]))
    return before && isSame(before, names) ? before : names
  })
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([id, name]) => b.get(id) === name)
}
