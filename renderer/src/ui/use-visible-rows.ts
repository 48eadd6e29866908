import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import {
  canvasHeight,
  offsetAt,
  offsetToShow,
  scrollTopAt,
  visibleRows,
  type ListShape,
} from '#renderer/ui/row-geometry.ts'

/** Rows drawn ahead of scrolling, on either side. */
const AROUND = 12
export const HEADER_PX = 28

/** Which rows of a long list stand where, from how far its element is scrolled. */
export function useVisibleRows(
  scroller: Readonly<Ref<HTMLElement | null>>,
  list: { count: () => number; rowHeight: () => number },
) {
  const scrollTop = ref(0)
  const viewport = ref(0)
  const shape = computed<ListShape>(() => ({
    count: list.count(),
    rowHeight: list.rowHeight(),
    viewport: viewport.value,
  }))

  const read = (): void => {
    if (!scroller.value) return
    scrollTop.value = scroller.value.scrollTop
    viewport.value = Math.max(0, scroller.value.clientHeight - HEADER_PX)
  }
  const observer = new ResizeObserver(read)
  watch(scroller, (now, before) => {
    if (before) observer.unobserve(before)
    if (now) observer.observe(now)
  })
  // A list that became shorter is scrolled by the browser itself, without an event before the next frame.
  watch(shape, read, { flush: 'post' })
  onScopeDispose(() => observer.disconnect())

  const visible = computed(() => visibleRows(shape.value, scrollTop.value))
  const first = computed(() => visible.value.first)
  const last = computed(() => visible.value.last)
  const shift = computed(() => offsetAt(shape.value, scrollTop.value) - scrollTop.value)

  /** Scrolls to an offset into the list. */
  function scrollTo(offset: number): void {
    if (!scroller.value) return
    scroller.value.scrollTop = scrollTopAt(shape.value, offset)
    read()
  }

  return {
    first,
    last,
    from: computed(() => Math.max(0, first.value - AROUND)),
    to: computed(() => Math.min(list.count() - 1, last.value + AROUND)),
    height: computed(() => canvasHeight(shape.value)),
    /** Where a row's upper edge is in what scrolls. */
    topOf: (index: number): number => index * list.rowHeight() - shift.value,
    rowsPerPage: (): number => Math.max(1, Math.floor(viewport.value / list.rowHeight()) - 1),
    read,
    scrollTo,
    show(index: number): void {
      const offset = offsetAt(shape.value, scroller.value?.scrollTop ?? 0)
      const wanted = offsetToShow(shape.value, index, offset)
      if (wanted !== offset) scrollTo(wanted)
    },
  }
}
