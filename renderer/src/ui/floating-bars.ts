import { readonly, ref, watch } from 'vue'
import { useShown } from '#renderer/ui/shown.ts'

const bars = ref(0)

/** How many bars float over the lower edge of what is on the screen; notices stand above them. */
export const floatingBars = readonly(bars)

/** The component is such a bar. */
export function useFloatingBar(): void {
  watch(
    useShown(),
    (isShown, _before, onCleanup) => {
      if (!isShown) return
      bars.value++
      onCleanup(() => bars.value--)
    },
    { immediate: true },
  )
}
