import { createApp, h, ref } from 'vue'
import I18NextVue from 'i18next-vue'
import type { i18n } from 'i18next'
import type { ChannelOutput } from '#core/contracts/ipc.ts'
import { MEND_NEEDS_BYTES, mendStore } from '#renderer/data/mend-store.ts'
import { storeTrouble } from '#renderer/data/storage-issue.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import MendProgress from '#renderer/app/MendProgress.vue'

/**
 * After a run that did not end by itself, or whose store failed: mends the store while nothing else uses it, and shows how
 * far that is. Without room it stays due. Unsent work is in main's journal by now (open-store.ts).
 */
export async function mendAtStart(
  calls: HostCalls,
  { repairDue, disk }: ChannelOutput<'storage.status'>,
  i18next: i18n,
): Promise<void> {
  if (!repairDue || disk.freeBytes < MEND_NEEDS_BYTES) return
  const share = ref(0)
  const app = createApp({ render: () => h(MendProgress, { share: share.value }) })
  app.use(I18NextVue, { i18next })
  app.mount('#app')
  try {
    await mendStore((done) => (share.value = done))
    await calls['storage.repaired']({})
  } catch (error) {
    const trouble = storeTrouble(error)
    if (trouble === null) throw error
    await calls['storage.report-trouble']({ name: trouble })
  } finally {
    app.unmount()
  }
}
