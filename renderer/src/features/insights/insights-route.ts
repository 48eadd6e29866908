import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { OrderFilters } from '#core/order/order-query.ts'
import { MEASURES, type Measure } from '#core/order/insights.ts'
import { PERIOD_CHOICES, periodOf, readPeriod, type Period, type PeriodChoice } from '#core/order/period.ts'
import { without } from '#core/shared/without.ts'
import { keepEqual } from '#renderer/app/keep-equal.ts'

/** The facets that a chart of this page narrows by. */
export const CHART_FACETS = ['channel', 'country', 'sku'] as const
export type ChartFacet = (typeof CHART_FACETS)[number]

/** What the address asks for. */
export interface InsightsAddress {
  choice: PeriodChoice | 'custom'
  period: Period
  measure: Measure
  filters: OrderFilters
}

type AddressQuery = Readonly<Record<string, unknown>>

/** Whatever in an address is no period or measure is as if it were not there. `today` is an ISO day of this desk. */
export function readInsightsAddress(query: AddressQuery, today: string): InsightsAddress {
  const [from = '', to = ''] = typeof query['days'] === 'string' ? query['days'].split('..') : []
  const custom = readPeriod(from, to)
  const choice = PERIOD_CHOICES.find((one) => one === query['period']) ?? '30d'
  const filters: OrderFilters = {}
  for (const facet of CHART_FACETS) {
    const value = query[facet]
    if (typeof value === 'string') filters[facet] = [...new Set(value.split(',').map(readValue))]
  }
  return {
    choice: custom === null ? choice : 'custom',
    period: custom ?? periodOf(choice, today),
    measure: MEASURES.find((one) => one === query['measure']) ?? 'revenue',
    filters,
  }
}

/** As the list of orders reads it too: `country=DE,JP&days=2026-11-01..2026-11-22`. */
export function writeFilters(filters: OrderFilters): Record<string, string | undefined> {
  return Object.fromEntries(CHART_FACETS.map((facet) => [facet, filters[facet]?.map(writeValue).join(',')]))
}

/** A facet's choice with a value more, or less when it was chosen. */
export function toggleFilter(filters: OrderFilters, facet: ChartFacet, value: string): OrderFilters {
  const chosen = filters[facet] ?? []
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
  return next.length === 0 ? without(filters, facet) : { ...filters, [facet]: next }
}

/** A comma is between values, so one within a value is written otherwise. */
function writeValue(value: string): string {
  return value.replaceAll('%', '%25').replaceAll(',', '%2C')
}

function readValue(text: string): string {
  return text.replaceAll('%2C', ',').replaceAll('%25', '%')
}

/** The address of this page, and the ways to another. */
export function useInsightsRoute(today: () => string) {
  const route = useRoute()
  const router = useRouter()
  /** While another page is shown, this one stays what it was. */
  const query = computed<AddressQuery>((before) =>
    route.name === 'insights' || before === undefined ? route.query : before,
  )
  const address = computed<InsightsAddress>((before) =>
    keepEqual(before, readInsightsAddress(query.value, today())),
  )

  function go(change: Record<string, string | undefined>): void {
    // The address is another page's by now.
    if (route.name !== 'insights') return
    void router.replace({ query: { ...route.query, ...change } })
  }

  return {
    address,
    choose: (choice: PeriodChoice) => go({ period: choice, days: undefined }),
    setDays: ({ from, to }: Period) => go({ days: `${from}..${to}` }),
    setMeasure: (measure: Measure) => go({ measure }),
    toggle: (facet: ChartFacet, value: string) =>
      go(writeFilters(toggleFilter(address.value.filters, facet, value))),
    clear: () => go(writeFilters({})),
    showOrders: () => {
      const { filters, period } = address.value
      const days = `${period.from}..${period.to}`
      return router.push({
        name: 'orders',
        params: { queue: 'all' },
        // The very orders that are counted here (core/order/insights.ts).
        query: { ...writeFilters(filters), days, q: '-is:unpaid -is:cancelled' },
      })
    },
  }
}
