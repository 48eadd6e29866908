import { computed, type ComputedRef, type Ref } from 'vue'
import { useTranslation } from 'i18next-vue'
import { ageOfRates, type RateStanding } from '#core/money/choose-rates.ts'
import { dayOf } from '#core/money/rate-days.ts'
import type { Issue } from '#core/shared/issue.ts'
import { watchRates, type RatesHere } from '#renderer/data/queries/rates.ts'
import { useIssueText } from '#renderer/app/issue-text.ts'
import { useLive } from '#renderer/app/live.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'
import { useFormat } from '#renderer/ui/format.ts'
import { useNow } from '#renderer/ui/now.ts'

/** The newest exchange rates in words. */
export interface ShownRates {
  day: string
  /** `2 days ago` */
  age: string
  /** The last day on which they are not too old. */
  until: string
  standing: RateStanding
}

/** The exchange rates of this desk as people read them, live; `shown` is null while there are none. */
export function useRates(): {
  rates: Readonly<Ref<RatesHere | undefined>>
  shown: ComputedRef<ShownRates | null>
  why: (issue: Issue) => string
} {
  const { db } = useWorkspace()
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const issues = useIssueText()
  const { data: rates } = useLive(() => watchRates(db))
  const shown = computed(() => {
    const newest = rates.value?.newest ?? null
    if (newest === null) return null
    const { days, standing, safeUntil } = ageOfRates(newest.date, dayOf(now.value))
    const age = format.value.daysAgo(Math.max(0, days))
    return {
      day: format.value.day(newest.date),
      age,
      until: format.value.day(dayOf(safeUntil - 1)),
      standing,
    }
  })
  return {
    rates,
    shown,
    // The common words for a call that failed speak of shops.
    why: (issue) => (issue.code === 'malformed' ? issues.sentence(issue) : t('settings:rates.not-reached')),
  }
}
