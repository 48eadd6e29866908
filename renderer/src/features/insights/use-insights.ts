import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { Insights, InsightsQuery } from '#core/order/insights.ts'
import { watchInsightSources } from '#renderer/data/queries/insight-sources.ts'
import { keepEqual } from '#renderer/app/keep-equal.ts'
import { useLive } from '#renderer/app/live.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'
import { useShown } from '#renderer/ui/shown.ts'

/** Figures and when they were reckoned. What was shown stays until new ones are there; the last question wins. */
export function useInsights(query: Readonly<Ref<InsightsQuery>>) {
  const { db, orders } = useWorkspace()
  const shown = shallowRef<{ insights: Insights; query: InsightsQuery; at: number }>()
  const error = shallowRef<unknown>()
  const sources = useLive(() => watchInsightSources(db))
  const isShown = useShown()
  let asked = 0
  onScopeDispose(() => (asked = -1))

  async function ask(): Promise<void> {
    const number = ++asked
    const of = query.value
    try {
      const insights = await orders.insights(JSON.parse(JSON.stringify(of)) as InsightsQuery)
      if (number !== asked) return
      error.value = undefined
      shown.value = { insights: keepEqual(shown.value?.insights, insights), query: of, at: Date.now() }
    } catch (failure) {
      if (number === asked) error.value = failure
    }
  }

  // Coming back asks anew: what products cost may have been said on another page.
  watch([() => JSON.stringify(query.value), sources.data, isShown], ([, , now]) => now && void ask(), {
    immediate: true,
  })
  return { shown, error, retry: () => void ask() }
}
