import { ref } from 'vue'
import { useToast } from '@nuxt/ui/composables'
import { useTranslation } from 'i18next-vue'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'
import { useFormat } from '#renderer/ui/format.ts'

const checking = ref(false)

/** Walks the whole journal in the data worker and says in words whether every link holds. */
export function useVerifyJournal() {
  const { t } = useTranslation()
  const { engine } = useWorkspace()
  const notices = useNotices()
  const format = useFormat()
  const toast = useToast()

  async function verify(): Promise<void> {
    if (checking.value) return
    checking.value = true
    const { checked, broken } = await engine.verifyJournal()
    checking.value = false
    if (broken === null)
      return notices.done(
        t('activity:check.whole', { count: checked, formatted: format.value.number(checked) }),
      )
    toast.add({
      title: t(`activity:check.${broken.flaw}`, {
        number: format.value.number(broken.seq),
        at: format.value.exact(broken.at),
      }),
      icon: 'i-lucide-octagon-x',
      color: 'error',
      duration: 60_000,
    })
  }

  return { checking, verify }
}
