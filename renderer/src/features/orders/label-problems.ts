import { useTranslation } from 'i18next-vue'
import type { Issue } from '#core/shared/issue.ts'
import { useFindingText } from '#renderer/app/finding-text.ts'
import { pageOfFinding } from '#renderer/app/finding-jump.ts'
import { useFormat } from '#renderer/ui/format.ts'

/** One thing that keeps a label from being made, and the field that mends it or the first of what it lacks. */
export interface LabelProblem {
  text: string
  field: string
  /** Where the field is, when it is not in the order's panel. */
  page: ReturnType<typeof pageOfFinding>
}

const LACKS = {
  'sender-incomplete': 'orders:label.sender-lacks',
  'recipient-incomplete': 'orders:label.recipient-lacks',
} as const

/** What keeps a label from being made, each thing once: of an address all that it lacks is one thing. */
export function useLabelProblems(): (errors: readonly Issue[]) => LabelProblem[] {
  const { t } = useTranslation()
  const finding = useFindingText()
  const format = useFormat()
  const look = t as unknown as (key: string) => string

  function describe(reason: string, fields: readonly string[]): LabelProblem {
    const [field = ''] = fields
    const parts = fields.map((each) => look(`app:address.${each.slice(each.indexOf('.') + 1)}`))
    const list = new Intl.ListFormat(format.value.locale).format(parts)
    const text =
      reason === 'sender-incomplete' || reason === 'recipient-incomplete'
        ? t(LACKS[reason], { parts: list })
        : finding(reason, '')
    return { text, field, page: pageOfFinding(field) }
  }

  return (errors) => {
    const things = new Map<string, { reason: string; fields: string[] }>()
    for (const { code, reason = code, field = '' } of errors) {
      const key = reason in LACKS ? reason : `${reason} ${field}`
      const known = things.get(key)
      if (known === undefined) things.set(key, { reason, fields: [field] })
      else if (!known.fields.includes(field)) known.fields.push(field)
    }
    return [...things.values()].map(({ reason, fields }) => describe(reason, fields))
  }
}
