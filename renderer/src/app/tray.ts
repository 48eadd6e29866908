import { computed, reactive, watchEffect } from 'vue'
import { useTranslation } from 'i18next-vue'
import { useDesk } from '#renderer/app/desk.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** Whether this desktop can show an icon for a hidden window; main says so when it is asked. */
export const tray = reactive({ available: false })

/** Tells main whether closing the window hides it, and the words of the icon's menu in the language on screen. */
export function useTray(): void {
  const { t } = useTranslation()
  const { calls } = useWorkspace()
  const desk = useDesk()
  // Other settings change too; each asking looks for a place for the icon.
  const keep = computed(() => desk.value.keepInTray)
  watchEffect(() => {
    const labels = {
      title: t('app:tray.title'),
      show: t('app:tray.show'),
      sync: t('app:tray.sync'),
      quit: t('app:tray.quit'),
    }
    void calls['app.set-tray']({ keep: keep.value, labels }).then((answer) => {
      tray.available = answer.ok && answer.value.available
    })
  })
}
