import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** The width of an element, followed. */
export function useElementSize(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<number>> {
  const width = ref(1280)
  const observer = new ResizeObserver(([entry]) => {
    if (entry?.target.isConnected) width.value = entry.contentRect.width
  })
  watch(element, (now, before) => {
    if (before) observer.unobserve(before)
    if (now) observer.observe(now)
  })
  onScopeDispose(() => observer.disconnect())
  return width
}
