import { onMounted, shallowRef, type ShallowRef } from 'vue'
import { plainQuery } from '#core/order/order-query.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** What orders have by now, the most used first: their tags, or who works on them. Asked once, when the field is shown. */
export function useSuggestions(facet: 'tag' | 'assignee'): Readonly<ShallowRef<readonly string[]>> {
  const { orders } = useWorkspace()
  const known = shallowRef<readonly string[]>([])

  async function read(): Promise<void> {
    const { view } = await orders.open(plainQuery('all'), () => undefined)
    const counts = await orders.facets(view, [facet])
    orders.close(view)
    const used = (counts[facet] ?? []).filter(({ value }) => value !== '')
    known.value = used.sort((a, b) => b.count - a.count).map(({ value }) => value)
  }

  // A field without suggestions is still a field.
  onMounted(() => void read().catch(() => undefined))
  return known
}
