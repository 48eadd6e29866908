import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import type { ChannelInput, ChannelOutput } from '#core/contracts/ipc.ts'
import type { Issue } from '#core/shared/issue.ts'
import type { PrintFormat } from '#core/documents/print-head.ts'
import { useDesk } from '#renderer/app/desk.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

type Asked = ChannelInput<'documents.open-label'>

/** A label as its printer burns it, opened again whenever the file or its place on the medium changes; `refused` says why it is not. */
export function useOpenedLabel(asked: () => Asked | null) {
  const { calls } = useWorkspace()
  const opened = shallowRef<ChannelOutput<'documents.open-label'> | null>(null)
  const refused = shallowRef<Issue | null>(null)
  let latest = 0

  async function open(now: Asked | null): Promise<void> {
    const turn = ++latest
    const answer = now === null ? null : await calls['documents.open-label'](now)
    // A newer question is under way.
    if (turn !== latest) return
    opened.value = answer?.ok ? answer.value : null
    refused.value = answer === null || answer.ok ? null : answer.error
  }

  watch(asked, open, { immediate: true })
  return { opened, refused }
}

/** What the printer for labels takes; a folder takes PDF. */
export function useLabelFormat(): ComputedRef<PrintFormat> {
  const desk = useDesk()
  return computed(() => {
    const { labelTarget } = desk.value
    return labelTarget.driver === 'file' ? 'pdf' : (labelTarget.format ?? 'pdf')
  })
}
