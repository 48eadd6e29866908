import { computed, type Ref } from 'vue'
import { useTranslation } from 'i18next-vue'
import { NO_FIGURES, type Figures, type GroupFigures, type Insights } from '#core/order/insights.ts'
import type { OrderFilters } from '#core/order/order-query.ts'
import { useShopNames } from '#renderer/app/shop-names.ts'
import type { FigureRow, FigureTable } from '#renderer/features/insights/figure-rows.ts'
import type { ChartFacet } from '#renderer/features/insights/insights-route.ts'
import { useFormat } from '#renderer/ui/format.ts'

/** More bars than this are no picture; the others are one row. */
const MOST_ROWS = 15

/** The page's tables with the names that people know. */
export function useFigureTables(
  insights: Readonly<Ref<Insights | undefined>>,
  filters: Readonly<Ref<OrderFilters>>,
) {
  const { t } = useTranslation()
  const format = useFormat()
  const shops = useShopNames()

  function nameOf(facet: ChartFacet, value: string): string {
    if (facet === 'channel') return shops.value.get(value) ?? t('insights:no-channel')
    if (facet === 'country') return value === '' ? t('insights:no-country') : format.value.country(value)
    return value === '' ? t('insights:no-sku') : value
  }

  function rowsOf(facet: ChartFacet, groups: readonly GroupFigures[], rest: FigureRow | null): FigureRow[] {
    const chosen = new Set(filters.value[facet])
    const rows = groups.map((group) => ({
      ...group,
      ...{ label: nameOf(facet, group.value), chosen: chosen.has(group.value) },
    }))
    return rest === null ? rows : [...rows, rest]
  }

  function restRow(figures: Figures, count: number): FigureRow | null {
    return count === 0
      ? null
      : { ...figures, value: null, chosen: false, label: t('insights:others', { count }) }
  }

  function ranked(facet: ChartFacet, groups: readonly GroupFigures[]): FigureRow[] {
    const rest = groups.slice(MOST_ROWS)
    return rowsOf(facet, groups.slice(0, MOST_ROWS), restRow(addUp(rest), rest.length))
  }

  const days = computed<FigureTable>(() => ({
    ...{ id: 'days', title: t('insights:group.days'), what: t('insights:column.day') },
    rows: (insights.value?.days ?? []).map((day) => ({
      ...day,
      ...{ label: format.value.day(day.value), chosen: false },
    })),
  }))
  const channels = computed<FigureTable>(() => ({
    ...{ id: 'channels', title: t('insights:group.channels'), what: t('insights:column.channel') },
    rows: ranked('channel', insights.value?.channels ?? []),
  }))
  const countries = computed<FigureTable>(() => ({
    ...{ id: 'countries', title: t('insights:group.countries'), what: t('insights:column.country') },
    rows: ranked('country', insights.value?.countries ?? []),
  }))
  const skus = computed<FigureTable>(() => {
    const other = insights.value?.otherSkus
    const rest = other === undefined ? null : restRow(other, other.count)
    return {
      ...{ id: 'skus', title: t('insights:group.skus'), what: t('insights:column.sku') },
      rows: rowsOf('sku', insights.value?.skus ?? [], rest),
    }
  })
  return { days, channels, countries, skus, nameOf }
}

function addUp(groups: readonly Figures[]): Figures {
  return groups.reduce<Figures>(
    (sum, each) => ({
      orders: sum.orders + each.orders,
      revenue: sum.revenue + each.revenue,
      margin: sum.margin + each.margin,
      lines: sum.lines + each.lines,
      known: sum.known + each.known,
    }),
    NO_FIGURES,
  )
}
