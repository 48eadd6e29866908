import { computed, type ComputedRef } from 'vue'
import { useTranslation } from 'i18next-vue'
import type { CostGap } from '#core/customs/landed-charge.ts'
import type { LocalText } from '#core/customs/rules/rule.ts'
import { ChargeText, type Say } from '#renderer/app/charge-text.ts'
import { ConditionText } from '#renderer/app/condition-text.ts'
import { useFormat } from '#renderer/ui/format.ts'

/** Rules in words, in the language on screen. */
export interface RuleText {
  charges: ChargeText
  conditions: ConditionText
  /** What the file itself says. */
  local(text: LocalText): string
  gap(gap: CostGap): string
}

export function useRuleText(): ComputedRef<RuleText> {
  const { t, i18next } = useTranslation()
  const format = useFormat()
  const say = t as unknown as Say
  const look = t as unknown as (keys: string[], values: Record<string, unknown>) => string
  return computed(() => {
    const charges = new ChargeText(say, format.value)
    return {
      charges,
      conditions: new ConditionText(say, format.value, charges),
      local: (text) => (i18next.language.startsWith('zh') ? text['zh-CN'] : text.en),
      gap: ({ kind, detail }) =>
        look([`destinations:gap.${kind}.${detail}`, `destinations:gap.${kind}`, 'destinations:gap.other'], {
          detail,
        }),
    }
  })
}
