import { shallowRef } from 'vue'
import { useToast } from '@nuxt/ui/composables'
import { useTranslation } from 'i18next-vue'
import type { Issue } from '#core/shared/issue.ts'
import type { Result } from '#core/shared/result.ts'
import { issueSentence } from '#renderer/app/issue-text.ts'

interface Undo {
  toast: string | number
  run: () => unknown
}

/** The way back that the newest notice offers. */
const newest = shallowRef<Undo | null>(null)

/** The newest way back as a command: there as long as its notice is on the screen. */
export function useUndo() {
  const toast = useToast()
  const shown = () =>
    newest.value !== null && toast.toasts.value.some((one) => one.id === newest.value?.toast)
  return {
    possible: shown,
    run: (): unknown => {
      const undo = shown() ? newest.value : null
      if (!undo) return undefined
      newest.value = null
      toast.remove(undo.toast)
      return undo.run()
    },
  }
}

/** Short words at the corner: what was done, with the way back, or what stood in the way. */
export function useNotices() {
  const toast = useToast()
  const { t } = useTranslation()

  function done(title: string, undo?: () => unknown): void {
    const added = toast.add({
      title,
      icon: 'i-lucide-check',
      color: 'neutral',
      orientation: 'horizontal',
      duration: undo ? 8000 : 3500,
      ...(undo && {
        actions: [
          {
            label: t('app:action.undo'),
            size: 'xs' as const,
            variant: 'outline' as const,
            onClick: () => void undo(),
          },
        ],
      }),
    })
    if (undo) newest.value = { toast: added.id, run: undo }
  }

  function failed(issue: Issue | readonly Issue[]): void {
    const issues: readonly Issue[] = Array.isArray(issue) ? issue : [issue as Issue]
    for (const one of issues.slice(0, 3))
      toast.add({
        title: issueSentence(t, one),
        icon: 'i-lucide-octagon-x',
        color: 'error',
        duration: 12_000,
      })
  }

  return {
    done,
    failed,
    /** Says the outcome of a use case and hands its value on; null when it failed. */
    settle<T>(result: Result<T, Issue | readonly Issue[]>, text?: string, undo?: () => unknown): T | null {
      if (!result.ok) {
        failed(result.error)
        return null
      }
      if (text !== undefined) done(text, undo)
      return result.value
    },
  }
}
