import { shallowRef, watch } from 'vue'
import type { ChannelInput, ChannelOutput } from '#core/contracts/ipc.ts'
import type { Issue } from '#core/shared/issue.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

type PaperRequest = ChannelInput<'documents.layout'>['request']

/** The first paper of a request as pages, drawn again whenever it changes; `refused` says why there is none. */
export function useDrawnPaper(request: () => PaperRequest | null) {
  const { calls } = useWorkspace()
  const paper = shallowRef<ChannelOutput<'documents.layout'>['papers'][number] | null>(null)
  const refused = shallowRef<readonly Issue[]>([])
  const drawing = shallowRef(false)
  let latest = 0

  async function draw(asked: PaperRequest | null): Promise<void> {
    const turn = ++latest
    drawing.value = asked !== null
    if (asked === null) {
      paper.value = null
      refused.value = []
      return
    }
    const answer = await calls['documents.layout']({ request: asked })
    // A newer question is under way.
    if (turn !== latest) return
    drawing.value = false
    paper.value = answer.ok ? (answer.value.papers[0] ?? null) : null
    refused.value = answer.ok ? answer.value.refused.flatMap((one) => one.issues) : [answer.error]
  }

  watch(request, draw, { immediate: true })
  return { paper, refused, drawing }
}
