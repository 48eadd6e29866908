import type { EChartsType } from 'echarts/core'
import { useTranslation } from 'i18next-vue'
import { toCsv } from '#core/shared/csv.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'
import { toPicture } from '#renderer/features/insights/chart-canvas.ts'
import type { ChartLook } from '#renderer/features/insights/chart-option.ts'
import { toCells, type FigureTable } from '#renderer/features/insights/figure-rows.ts'

/** Figures as files that the person chooses a place for. */
export function useSaveFigures() {
  const { calls } = useWorkspace()
  const { t } = useTranslation()
  const notices = useNotices()

  async function save(kind: 'csv' | 'png', name: string, bytes: Uint8Array): Promise<void> {
    const done = notices.settle(
      await calls['documents.save']({ kind, suggestedName: `${name}.${kind}`, bytes }),
    )
    if (done?.saved) notices.done(t('insights:saved', { name }))
  }

  async function csv(table: FigureTable, { home, about }: { home: string; about: string }): Promise<void> {
    const titles = {
      ...{ orders: t('insights:measure.orders'), revenue: t('insights:measure.revenue') },
      ...{ margin: t('insights:measure.margin'), known: t('insights:known-column') },
      currency: t('insights:currency'),
    }
    const bytes = new TextEncoder().encode(toCsv(toCells(table, { titles, home })))
    await save('csv', t('insights:file', { title: table.title, about }), bytes)
  }

  async function png(
    chart: EChartsType | null,
    { look, title, about }: { look: ChartLook; title: string; about: string },
  ): Promise<void> {
    const bytes = chart === null ? null : await toPicture(chart, { look, title, about })
    if (bytes !== null) await save('png', t('insights:file', { title, about }), bytes)
  }

  return { csv, png }
}
