import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { ConnectionId, ListingId } from '#core/shared/ids.ts'
import type { ListingListId } from '#renderer/data/queries/listings.ts'

/** The lists in the order of their tabs. */
export const LISTS: readonly ListingListId[] = ['all', 'unsent', 'conflict', 'issues', 'hidden', 'gone']

/** What the address bar says about the listings page: which list, what is searched, which shop, which listing is open, at which field. */
export function useListingRoute() {
  const route = useRoute()
  const router = useRouter()
  const text = (key: string) => computed(() => (typeof route.query[key] === 'string' ? route.query[key] : ''))
  const listing = text('listing')

  async function change(query: Record<string, string | undefined>): Promise<void> {
    const next = Object.fromEntries(
      Object.entries({ ...route.query, ...query }).filter(([, value]) => value !== undefined && value !== ''),
    )
    await router.replace({ name: 'listings', params: route.params, query: next })
  }

  return {
    list: computed<ListingListId>(() => LISTS.find((list) => list === route.params['list']) ?? 'all'),
    search: text('q'),
    shop: computed(() => text('shop').value as ConnectionId | ''),
    listing: computed(() => (listing.value === '' ? null : (listing.value as ListingId))),
    field: text('field'),
    open: (id: string | null, field?: string) => change({ listing: id ?? undefined, field }),
    narrow: (query: { q?: string; shop?: string }) => change(query),
    clear: () => change({ q: undefined, shop: undefined }),
    clearField: () => change({ field: undefined }),
  }
}
