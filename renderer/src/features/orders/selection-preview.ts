import { onScopeDispose, shallowRef } from 'vue'
import { MOST_PREVIEWS } from '#core/contracts/documents.ts'
import type { ChannelOutput } from '#core/contracts/ipc.ts'
import type { Issue } from '#core/shared/issue.ts'
import type { Result } from '#core/shared/result.ts'
import type { Selection } from '#renderer/data/order-index/order-views.ts'
import type { SelectionWish } from '#renderer/data/transfer/selection-papers.ts'
import type { PapersPreview } from '#renderer/usecases/preview-papers.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

type Paper = ChannelOutput<'documents.layout'>['papers'][number]

/** What a selection comes to, as far as it has been drawn. */
export interface SelectionPreview {
  papers: readonly Paper[]
  /** Orders that are on them. */
  orders: number
  /** Orders that were looked at and have no such paper, and why the first has none. */
  left: number
  why: Issue | null
}

const NOTHING: SelectionPreview = { papers: [], orders: 0, left: 0, why: null }

/** The first papers of a selection, drawn a few at a time: the first is there as soon as it is drawn, the rest can be stopped. */
export function useSelectionPreview() {
  const { calls, engine } = useWorkspace()
  const shown = shallowRef(NOTHING)
  const drawing = shallowRef(false)
  let latest = 0

  function stop(): void {
    latest++
    drawing.value = false
  }
  onScopeDispose(stop)

  /** What was shown before stays until there is something of this. */
  async function look(selection: Selection, wish: SelectionWish): Promise<void> {
    const turn = ++latest
    drawing.value = true
    let found = NOTHING
    for (let from: number | null = 0; from !== null && found.papers.length < MOST_PREVIEWS;) {
      const room = MOST_PREVIEWS - found.papers.length
      const piece: Result<PapersPreview> = await engine.bulk({
        kind: 'preview-papers',
        selection,
        wish: { ...wish },
        from,
        room,
      })
      if (turn !== latest) return
      const request = piece.ok ? piece.value.request : null
      const drawn = request === null ? null : await calls['documents.layout']({ request })
      // A newer question is under way, or nobody looks any more.
      if (turn !== latest) return
      if (piece.ok) {
        const { left, shown: orders } = piece.value
        found = withLeft(found, left.length, left[0]?.issue)
        found = drawn === null ? found : withDrawn(found, drawn, orders)
      } else found = withLeft(found, 0, piece.error)
      from = piece.ok ? piece.value.next : null
      if (found.papers.length > 0 || from === null) shown.value = found
    }
    drawing.value = false
  }

  return { shown, drawing, look, stop }
}

function withLeft(found: SelectionPreview, more: number, why: Issue | undefined): SelectionPreview {
  return { ...found, left: found.left + more, why: found.why ?? why ?? null }
}

function withDrawn(
  found: SelectionPreview,
  drawn: Result<ChannelOutput<'documents.layout'>>,
  orders: number,
): SelectionPreview {
  if (!drawn.ok) return withLeft(found, orders, drawn.error)
  const { papers, refused } = drawn.value
  const kept = { ...found, papers: [...found.papers, ...papers], orders: found.orders + orders }
  return refused.length === 0
    ? kept
    : withLeft({ ...kept, orders: kept.orders - refused.length }, refused.length, refused[0]?.issues[0])
}
