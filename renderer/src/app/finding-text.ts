import { useTranslation } from 'i18next-vue'

/** What is wrong with a field, in words: the same keys whether a linter found it or a use case refused it. */
export function useFindingText(): (reason: string, detail: string) => string {
  const { t } = useTranslation()
  return (reason, detail) => {
    const look = t as unknown as (keys: string[], values: Record<string, unknown>) => string
    return look([`issues:reason.${reason}`, 'issues:code.invalid-input'], { reason, detail })
  }
}
