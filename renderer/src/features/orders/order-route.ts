import { computed, shallowRef } from 'vue'
import { useRoute, useRouter, type LocationQueryValue } from 'vue-router'
import { QUEUE_ORDER, type ListId, type OrderQuery } from '#core/order/order-query.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { readAddress, writeAddress } from '#renderer/app/order-address.ts'

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

/**
 * What the address bar says about the orders page: which queue or saved view, how it is narrowed and sorted, which order is open, at which
 * field, beside the list or in its place.
 */
export function useOrderRoute() {
  const route = useRoute()
  const router = useRouter()
  /** Where the page is on its way to: what is done next builds on that, not on the address before. */
  const ahead = shallowRef<{
    list: ListId
    query: Record<string, LocationQueryValue | LocationQueryValue[]>
  }>()
  /** While another page is shown, this one stays what it was. */
  const here = computed<{ list: unknown; query: typeof route.query }>((before) =>
    route.name === 'orders' || before === undefined
      ? { list: route.params['queue'], query: route.query }
      : before,
  )
  const now = computed(() => ahead.value?.query ?? here.value.query)
  const text = (key: string) => computed(() => (typeof now.value[key] === 'string' ? now.value[key] : ''))
  const orderText = text('order')
  const query = computed(() => readAddress(ahead.value?.list ?? here.value.list, now.value))

  async function change(
    changes: Record<string, string | undefined>,
    { replace = false, list = query.value.list }: { replace?: boolean; list?: ListId } = {},
  ): Promise<void> {
    // What ends after a person has gone to another page does not take them back.
    if (route.name !== 'orders') return
    const next = Object.fromEntries(
      Object.entries({ ...now.value, ...changes }).filter(([, value]) => value !== undefined),
    ) as Record<string, string>
    const step = { list, query: next }
    ahead.value = step
    const target = { name: 'orders', params: { queue: list }, query: next }
    try {
      await (replace ? router.replace(target) : router.push(target))
    } finally {
      if (ahead.value === step) ahead.value = undefined
    }
  }

  /** Shows another list; what of the query is not named stays. */
  const narrow = (patch: Partial<OrderQuery>, view?: string | null): Promise<void> => {
    const next = { ...query.value, ...patch }
    const named = view === undefined ? {} : { view: view ?? undefined }
    return change({ ...writeAddress(next), ...named }, { list: next.list })
  }

  return {
    ...{ query, narrow },
    queue: computed<ListId>(() => query.value.list),
    search: computed(() => query.value.text),
    /** Id of the saved view that was opened; the query may have moved on since. */
    view: text('view'),
    order: computed(() => (orderText.value === '' ? null : (orderText.value as OrderId))),
    field: text('field'),
    full: computed(() => text('full').value === '1'),
    open: (id: OrderId, field?: string) =>
      change({ order: id, field: field || undefined }, { replace: orderText.value !== '' }),
    close: () => change({ order: undefined, field: undefined, full: undefined }, { replace: true }),
    setFull: (full: boolean) => change({ full: full ? '1' : undefined }, { replace: true }),
    clearField: () => change({ field: undefined }, { replace: true }),
    clearFilters: () => narrow({ text: '', filters: {}, days: null }),
    /** Ascending, then descending, then the queue's own order. */
    sortBy(by: OrderQuery['sort']['by']): Promise<void> {
      const { sort } = query.value
      if (sort.by !== by) return narrow({ sort: { by, descending: false } })
      return narrow({ sort: sort.descending ? QUEUE_ORDER : { by, descending: true } })
    },
  }
}
