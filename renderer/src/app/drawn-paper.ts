import { computed, shallowRef, watch } from 'vue'
import type { ChannelInput, ChannelOutput } from '#core/contracts/ipc.ts'
import type { Issue } from '#core/shared/issue.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

type PaperRequest = ChannelInput<'documents.layout'>['request']

/** The papers of a request as pages, and the first of them, drawn again whenever it changes; `refused` says why there is none. */
export function useDrawnPaper(request: () => PaperRequest | null) {
  const { calls } = useWorkspace()
  const papers = shallowRef<ChannelOutput<'documents.layout'>['papers']>([])
  const paper = computed(() => papers.value[0] ?? null)
  const refused = shallowRef<readonly Issue[]>([])
  const drawing = shallowRef(false)
  let latest = 0

  async function draw(asked: PaperRequest | null): Promise<void> {
    const turn = ++latest
    drawing.value = asked !== null
    if (asked === null) {
      papers.value = []
      refused.value = []
      return
    }
    const answer = await calls['documents.layout']({ request: asked })
    // A newer question is under way.
    if (turn !== latest) return
    drawing.value = false
    papers.value = answer.ok ? answer.value.papers : []
    refused.value = answer.ok ? answer.value.refused.flatMap((one) => one.issues) : [answer.error]
  }

  watch(request, draw, { immediate: true })
  return { paper, papers, refused, drawing }
}
