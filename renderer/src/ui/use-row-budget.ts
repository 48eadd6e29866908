import { onScopeDispose, ref } from 'vue'
import { RowBudget, type Visible, type Wanted } from '#renderer/ui/row-budget.ts'

/** A {@link RowBudget} by the frames of this window; rows that had to wait are asked for again after the next one. */
export function useRowBudget<Item extends Wanted>() {
  const budget = new RowBudget<Item>()
  const round = ref(0)
  let waiting = false
  let ended = false
  onScopeDispose(() => (ended = true))

  function next(): void {
    waiting = false
    if (budget.nextFrame() && !ended) round.value++
  }

  return {
    admit: (wanted: readonly Item[], visible: Visible | null): Item[] => {
      // Read, so that whoever asks asks again.
      if (round.value >= 0 && !waiting) {
        waiting = true
        afterFrame(next)
      }
      return budget.admit(wanted, visible)
    },
  }
}

/** Not before what has changed is drawn. A hidden window has no frames. */
function afterFrame(run: () => void): void {
  if (document.hidden) setTimeout(run)
  else requestAnimationFrame(() => setTimeout(run))
}
