import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { OrderId } from '#core/shared/ids.ts'
import type { ListId } from '#renderer/data/queries/order-lists.ts'

/** The queues in the order of their tabs. */
export const LISTS: readonly ListId[] = [
  'to_ship',
  'blocked',
  'parked',
  'label_ready',
  'handed_over',
  'shipped',
  'unpaid',
  'cancelled',
  'all',
]

/** What the address bar says about the orders page: which queue, what is searched, which order is open, at which field. */
export function useOrderRoute() {
  const route = useRoute()
  const router = useRouter()
  const text = (key: string) => computed(() => (typeof route.query[key] === 'string' ? route.query[key] : ''))
  const search = text('q')
  const orderText = text('order')

  async function change(query: Record<string, string | undefined>, replace = false): Promise<void> {
    const next = Object.fromEntries(
      Object.entries({ ...route.query, ...query }).filter(([, value]) => value !== undefined),
    )
    const target = { name: 'orders', params: route.params, query: next }
    await (replace ? router.replace(target) : router.push(target))
  }

  return {
    queue: computed<ListId>(() => LISTS.find((list) => list === route.params['queue']) ?? 'to_ship'),
    search,
    order: computed(() => (orderText.value === '' ? null : (orderText.value as OrderId))),
    field: text('field'),
    open: (id: OrderId, field?: string) =>
      change({ order: id, field: field || undefined }, orderText.value !== ''),
    close: () => change({ order: undefined, field: undefined }, true),
    clearField: () => change({ field: undefined }, true),
    clearSearch: () => change({ q: undefined }, true),
  }
}
