import { onScopeDispose, reactive } from 'vue'
import { useTranslation } from 'i18next-vue'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** A workspace that replaced another is there after the page has loaded anew; this is what the page before has to say to it. */
const KEY = 'caravel-imported'

export function noteImported(): void {
  sessionStorage.setItem(KEY, 'yes')
}

/** The last step of an import: the search index over the orders that have come. */
export function useImportEnd() {
  const { orders } = useWorkspace()
  const notices = useNotices()
  const { t } = useTranslation()
  /** In orders. */
  const shown = reactive({ running: sessionStorage.getItem(KEY) !== null, done: 0, total: 0 })
  onScopeDispose(
    orders.onState(({ state, done, total }) => {
      if (!shown.running) return
      Object.assign(shown, { done, total })
      if (state !== 'ready') return
      sessionStorage.removeItem(KEY)
      shown.running = false
      notices.done(t('storage:imported'))
    }),
  )
  return shown
}
