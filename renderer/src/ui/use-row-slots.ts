import { onScopeDispose, ref } from 'vue'
import { afterFrame } from '#renderer/ui/after-frame.ts'
import { RowSlots, type Placed, type Places, type Visible, type Wanted } from '#renderer/ui/row-slots.ts'

/** {@link RowSlots} by the frames of this window; rows that had to wait are asked for again after the next one. */
export function useRowSlots<Item extends Wanted>() {
  const slots = new RowSlots<Item>()
  const round = ref(0)
  let waiting = false
  let ended = false
  onScopeDispose(() => (ended = true))

  function next(): void {
    waiting = false
    if (slots.nextFrame() && !ended) round.value++
  }

  return {
    place(wanted: readonly Item[], visible: Visible, places: Places): Placed<Item>[] {
      // Read, so that whoever asks asks again.
      if (round.value >= 0 && !waiting) {
        waiting = true
        afterFrame(next)
      }
      return slots.place(wanted, visible, places)
    },
  }
}
