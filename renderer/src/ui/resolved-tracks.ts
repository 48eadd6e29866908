import { nextTick, onScopeDispose, shallowRef, watch, type Ref } from 'vue'

/** A drag of an edge goes through hundreds. */
const MOST_KNOWN = 200

/**
 * The tracks of a grid as the browser has worked them out for its header, in px: rows that share them need not share out the
 * width again, each for itself, which is half of what the layout of a row costs. Until the header is there, the tracks as given.
 */
export function useResolvedTracks(
  header: Readonly<Ref<HTMLElement | null>>,
  tracks: Readonly<Ref<string>>,
): Readonly<Ref<string>> {
  const resolved = shallowRef(tracks.value)
  /** By the header's width and the tracks: to ask the browser again, it would have to lay out what is half done. */
  const known = new Map<string, string>()
  let width = 0
  const key = (): string => `${width} ${tracks.value}`

  function read(): void {
    if (!header.value?.isConnected) return
    const found = getComputedStyle(header.value).gridTemplateColumns
    resolved.value = isResolved(found) ? found : tracks.value
    if (known.size > MOST_KNOWN) known.clear()
    if (isResolved(found)) known.set(key(), found)
  }

  const observer = new ResizeObserver(([entry]) => {
    width = entry?.contentRect.width ?? 0
    read()
  })
  watch(header, (now, before) => {
    if (before) observer.unobserve(before)
    if (now) observer.observe(now)
  })
  // Other columns in the same width: the header stays as it was, so nothing would be observed.
  watch(tracks, () => {
    const before = known.get(key())
    if (before === undefined) void nextTick(read)
    else resolved.value = before
  })
  onScopeDispose(() => observer.disconnect())
  return resolved
}

/** An element that is not displayed answers with the tracks as they were given. */
export function isResolved(tracks: string): boolean {
  return /^\d+(\.\d+)?px( \d+(\.\d+)?px)*$/.test(tracks)
}
