import { computed, type Ref } from 'vue'
import { useTranslation } from 'i18next-vue'
import { errorReport } from '#renderer/app/report.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** A failed query as the error state shows it. */
export function useFailureText(error: Readonly<Ref<unknown>>) {
  const { t } = useTranslation()
  return computed(() =>
    error.value === undefined
      ? null
      : { code: error.value instanceof Error ? error.value.name : 'Error', text: t('app:state.read-failed') },
  )
}

/** Copies the report of a failed query. */
export function useCopyReport(): (error: unknown) => Promise<void> {
  const { calls, info } = useWorkspace()
  const notices = useNotices()
  const { t } = useTranslation()
  return async (error) => {
    notices.settle(
      await calls['app.copy-text']({ text: errorReport(error, info, new Date()) }),
      t('app:notice.report-copied'),
    )
  }
}
