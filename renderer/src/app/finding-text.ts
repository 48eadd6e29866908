import { useTranslation } from 'i18next-vue'

/** Under which keys the detail of a finding has a name of its own. */
const NAMED: Readonly<Record<string, string>> = {
  'goods-prohibited': 'issues:goods',
  'goods-restricted': 'issues:goods',
  'consignee-id-missing': 'issues:consignee-id',
  'consignee-id-expected': 'issues:consignee-id',
  'consignee-id-invalid': 'issues:consignee-id',
  'address-part-missing': 'app:address',
  'latin-missing': 'app:address',
}

/** What is wrong with a field, in words: the same keys whether a linter found it or a use case refused it. */
export function useFindingText(): (reason: string, detail: string) => string {
  const { t } = useTranslation()
  return (reason, detail) => {
    const look = t as unknown as (keys: string[], values: Record<string, unknown>) => string
    const named = NAMED[reason]
    const name = named === undefined ? detail : look([`${named}.${detail}`], { defaultValue: detail })
    return look([`issues:reason.${reason}`, 'issues:code.invalid-input'], { reason, detail: name })
  }
}
