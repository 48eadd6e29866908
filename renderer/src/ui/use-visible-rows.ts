import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { afterFrame } from '#renderer/ui/after-frame.ts'
import {
  canvasHeight,
  farthest,
  offsetAt,
  offsetToShow,
  scrollTopAt,
  visibleRows,
  type ListShape,
} from '#renderer/ui/row-geometry.ts'

/** Rows drawn ahead of scrolling, on either side; none while the page is away, so that it comes back sooner. */
const AROUND = 12
export const HEADER_PX = 28

/** Which rows of a long list stand where, from how far its element is scrolled. */
export function useVisibleRows(
  scroller: Readonly<Ref<HTMLElement | null>>,
  list: { count: () => number; rowHeight: () => number },
) {
  const scrollTop = ref(0)
  const viewport = ref(0)
  const around = ref(AROUND)
  const shape = computed<ListShape>(() => ({
    count: list.count(),
    rowHeight: list.rowHeight(),
    viewport: viewport.value,
  }))

  // Neither is read from the element when the list changes: that would make the browser lay out what is half done.
  const observer = new ResizeObserver(([entry]) => {
    if (entry?.target.isConnected) viewport.value = Math.max(0, entry.contentRect.height - HEADER_PX)
  })
  watch(scroller, (now, before) => {
    if (before) observer.unobserve(before)
    if (now) observer.observe(now)
  })
  onScopeDispose(() => observer.disconnect())

  /** A list that became shorter is scrolled by the browser itself, and the event for that comes a frame later. */
  const top = computed(() => Math.min(scrollTop.value, farthest(shape.value)))
  const visible = computed(() => visibleRows(shape.value, top.value))
  const first = computed(() => visible.value.first)
  const last = computed(() => visible.value.last)
  const shift = computed(() => offsetAt(shape.value, top.value) - top.value)

  /** Scrolls to an offset into the list. */
  function scrollTo(offset: number): void {
    const wanted = Math.max(0, Math.min(scrollTopAt(shape.value, offset), farthest(shape.value)))
    if (!scroller.value || wanted === scrollTop.value) return
    scrollTop.value = wanted
    scroller.value.scrollTop = wanted
  }

  return {
    first,
    last,
    from: computed(() => Math.max(0, first.value - around.value)),
    to: computed(() => Math.min(list.count() - 1, last.value + around.value)),
    height: computed(() => canvasHeight(shape.value)),
    /** Where a row's upper edge is in what scrolls. */
    topOf: (index: number): number => index * list.rowHeight() - shift.value,
    rowsPerPage: (): number => Math.max(1, Math.floor(viewport.value / list.rowHeight()) - 1),
    scrollTo,
    leave: (): void => void (around.value = 0),
    /** After the element was away, which lets it forget where it was. */
    restore(): void {
      if (scroller.value && scrollTop.value > 0) scroller.value.scrollTop = scrollTop.value
      afterFrame(() => (around.value = AROUND))
    },
    scrolled(): void {
      scrollTop.value = scroller.value?.scrollTop ?? 0
    },
    show(index: number): void {
      const offset = offsetAt(shape.value, top.value)
      const wanted = offsetToShow(shape.value, index, offset)
      if (wanted !== offset) scrollTo(wanted)
    },
  }
}
