import { shallowRef, watch } from 'vue'
import { useTranslation } from 'i18next-vue'
import type { FacetId } from '#core/order/order-query.ts'
import type { FacetCounts } from '#renderer/data/order-index/order-views.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'
import { useFormat } from '#renderer/ui/format.ts'

/** What the bar over the list offers, in its order. */
export const BAR_FACETS = [
  'channel',
  'country',
  'clock',
  'blocked',
  'flag',
  'tag',
  'assignee',
  'service',
] as const satisfies readonly FacetId[]

/** A facet's value as people read it. */
export function useFacetWords(
  channels: () => ReadonlyMap<string, string>,
): (facet: FacetId, value: string) => string {
  const { t } = useTranslation()
  const format = useFormat()
  const look = t as unknown as (key: string) => string
  return (facet, value) => {
    if (value === '') return look(`orders:facets.empty.${facet}`)
    switch (facet) {
      case 'channel':
        return channels().get(value) ?? value
      case 'country':
        return format.value.country(value)
      case 'blocked':
        return look(`orders:blocked.${value}`)
      case 'flag':
        return look(`orders:flag.${value}`)
      case 'clock':
        return look(`orders:facets.clocks.${value}`)
      default:
        return value
    }
  }
}

/** How many orders have each value of the facet whose menu is open; counted again whenever the list changes. */
export function useFacetCounts(view: () => number | null, changed: () => unknown) {
  const { orders: orderIndex } = useWorkspace()
  const counts = shallowRef<FacetCounts>({})
  const open = shallowRef<FacetId | null>(null)
  let asked = 0

  watch([open, view, changed], async ([facet, of]) => {
    if (facet === null || of === null) return
    const turn = ++asked
    // Without an answer there is still what is chosen.
    const found = await orderIndex.facets(of, [facet]).catch(() => ({}))
    if (turn === asked) counts.value = { ...counts.value, ...found }
  })
  return { counts, open }
}
