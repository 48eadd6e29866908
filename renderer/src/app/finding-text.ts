import { useTranslation } from 'i18next-vue'

/** Findings whose detail has a name of its own, and where that stands. */
const NAMED: Readonly<Record<string, (detail: string) => string>> = {
  'goods-prohibited': (detail) => `issues:goods.${detail}`,
  'goods-restricted': (detail) => `issues:goods.${detail}`,
  'consignee-id-missing': (detail) => `issues:consignee-id.${detail}`,
  'consignee-id-expected': (detail) => `issues:consignee-id.${detail}`,
  'consignee-id-invalid': (detail) => `issues:consignee-id.${detail}`,
  'consignee-id-check': (detail) => `issues:consignee-id.${detail}`,
  'address-part-missing': (detail) => `app:address.${detail}`,
  'latin-missing': (detail) => `app:address.${detail}`,
}

/** What is wrong with a field, in words: the same keys whether a linter found it or a use case refused it. */
export function useFindingText(): (reason: string, detail: string) => string {
  const { t } = useTranslation()
  return (reason, detail) => {
    const look = t as unknown as (keys: string[], values: Record<string, unknown>) => string
    const named = NAMED[reason]?.(detail)
    const name = named === undefined ? detail : look([named], { defaultValue: detail })
    return look([`issues:reason.${reason}`, 'issues:code.invalid-input'], { reason, detail: name })
  }
}
