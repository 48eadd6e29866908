import { computed, type ComputedRef } from 'vue'
import { useTranslation } from 'i18next-vue'
import type { DestinationRule } from '#core/customs/rules/rule.ts'
import type { Say } from '#renderer/app/charge-text.ts'
import { useRuleText } from '#renderer/app/rule-text.ts'
import { RuleFactText } from '#renderer/features/customs/rule-fact-text.ts'
import { useFormat } from '#renderer/ui/format.ts'

export interface RuleFact {
  label: string
  text: string
}

/** All that one rule says, line by line; what it does not speak of is left out. */
export function useRuleFacts(rule: () => DestinationRule): ComputedRef<RuleFact[]> {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useRuleText()

  return computed(() => {
    const one = rule()
    const say = new RuleFactText(t as unknown as Say, format.value, words.value)
    const { scheme, hsDigits, handling, postal, duty, tax } = one
    const { charges } = words.value
    const facts = [
      { label: t('destinations:fact.from'), text: say.days(one) },
      { label: t('destinations:fact.applies'), text: one.role === 'papers' ? '' : say.applies(one) },
      { label: t('destinations:fact.duty'), text: duty === null ? '' : charges.duty(duty) },
      { label: t('destinations:fact.tax'), text: tax === null ? '' : say.taxes(one) },
      { label: t('destinations:fact.levy'), text: say.levies(one) },
      { label: t('destinations:fact.handling'), text: handling === null ? '' : charges.amount(handling) },
      { label: t('destinations:fact.collected'), text: say.collected(one) },
      { label: t('destinations:fact.scheme'), text: scheme?.name ?? '' },
      {
        label: t('destinations:fact.hs'),
        text: hsDigits === null ? '' : t('destinations:digits', { count: hsDigits }),
      },
      { label: t('destinations:fact.consignee'), text: say.consignee(one) },
      {
        label: t('destinations:fact.postal'),
        text: postal === 'open' ? '' : t('destinations:postal-prepaid'),
      },
    ]
    return facts.filter(({ text }) => text !== '')
  })
}
