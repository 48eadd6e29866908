import { useTranslation } from 'i18next-vue'
import type { Issue } from '#core/shared/issue.ts'
import { STAGES } from '#core/order/order.ts'
import type { Activity } from '#renderer/data/records.ts'
import { issueSentence } from '#renderer/app/issue-text.ts'

/** What an entry says went wrong; of a code that is not known here, the code itself. */
function issueOf({ code, reason }: Activity['values']): Issue {
  return { code: String(code) as Issue['code'], reason: String(reason) }
}

/** Entries of the journal in the language on screen; the order's timeline and the activity page say the same. */
export function useActivityText() {
  const { t, i18next } = useTranslation()
  const look = t as unknown as (keys: string[], values?: Record<string, unknown>) => string

  function stageName(value: unknown): string {
    const stage = STAGES.find((one) => one === value)
    return stage ? t(`orders:queue.${stage}`) : String(value)
  }

  function words({ what, values }: Pick<Activity, 'what' | 'values'>): string {
    const stages =
      what === 'stage-changed' ? { from: stageName(values['from']), to: stageName(values['to']) } : {}
    const why = what === 'pull-failing' ? { why: issueSentence(t, issueOf(values)) } : {}
    return look([`activity:${what}`, 'activity:other'], { ...values, ...stages, ...why, what })
  }

  /** The kind alone, for a filter. */
  function kind(what: string): string {
    const known = i18next.exists(`activity:kind.${what}`)
    return known ? look([`activity:kind.${what}`]) : words({ what, values: {} })
  }

  /** A field by the name that people know: `shipTo.postcode`, `lines.0.quantity`. */
  function field(name: string): string {
    const known = name
      .replace(/^lines\.\d+$/, 'lines.whole')
      .replace(/^lines\.\d+\./, 'lines.')
      .replace(/^shipTo$/, 'shipTo.whole')
    const line = /^lines\.(\d+)/.exec(name)?.[1]
    const text = look([`activity:field.${known}`, 'activity:field.other'], { name })
    return line === undefined ? text : t('activity:of-line', { number: Number(line) + 1, field: text })
  }

  return { words, kind, field }
}
