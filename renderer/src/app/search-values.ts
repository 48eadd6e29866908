import { useTranslation } from 'i18next-vue'
import { COUNTRY_NAMES } from '#core/address/countries.ts'
import { valuesOf } from '#core/order/search-operators.ts'
import type { NamedValue } from '#renderer/app/search-choices.ts'
import { useFormat } from '#renderer/ui/format.ts'

/** Values of operators that are called as something that is on the screen anyway. */
const NAMED_ELSEWHERE: Readonly<Record<string, string>> = {
  'is:to-ship': 'orders:queue.to_ship',
  'is:blocked': 'orders:queue.blocked',
  'is:held': 'orders:flag.held',
  'is:parked': 'orders:queue.parked',
  'is:unpaid': 'orders:queue.unpaid',
  'is:label-ready': 'orders:queue.label_ready',
  'is:handed-over': 'orders:queue.handed_over',
  'is:shipped': 'orders:queue.shipped',
  'is:cancelled': 'orders:queue.cancelled',
  'is:cancel-requested': 'orders:flag.cancel-requested',
  'is:partly-shipped': 'orders:flag.partly-shipped',
  'is:late': 'orders:facets.clocks.late',
  'is:late-risk': 'orders:facets.clocks.late-risk',
  'is:not-scanned-out': 'orders:facets.clocks.not-scanned-out',
  'is:no-scan': 'orders:facets.clocks.no-scan',
  'has:note': 'orders:flag.note',
  'has:tag': 'orders:facets.tag',
  'has:assignee': 'orders:facets.assignee',
  'has:customs-override': 'orders:flag.customs-override',
  'has:many-lines': 'orders:flag.many-lines',
}

/** The values of an operator, each with its name in the language of the screen; none where anything can be said. */
export function useSearchValues(): (operator: string) => readonly NamedValue[] {
  const { t } = useTranslation()
  const format = useFormat()
  const look = t as unknown as (key: string) => string

  return (operator) => {
    if (operator === 'country')
      return [...COUNTRY_NAMES].map(([value, english]) => ({
        value,
        name: format.value.country(value),
        alias: english,
      }))
    if (operator === 'blocked')
      return (valuesOf(operator) ?? []).map((value) => ({ value, name: look(`orders:blocked.${value}`) }))
    return (valuesOf(operator) ?? []).map((value) => ({
      value,
      name: look(NAMED_ELSEWHERE[`${operator}:${value}`] ?? `search:value.${operator}-${value}`),
    }))
  }
}
