import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'

/**
 * The tracks of a grid as the browser has worked them out for its header, in px: rows that share them need not share out the
 * width again, each for itself, which is half of what the layout of a row costs. Until the header is there, the tracks as given.
 */
export function useResolvedTracks(
  header: Readonly<Ref<HTMLElement | null>>,
  tracks: Readonly<Ref<string>>,
): Readonly<Ref<string>> {
  const resolved = shallowRef(tracks.value)

  function read(): void {
    if (!header.value?.isConnected) return
    const found = getComputedStyle(header.value).gridTemplateColumns
    resolved.value = isResolved(found) ? found : tracks.value
  }

  const observer = new ResizeObserver(read)
  watch(header, (now, before) => {
    if (before) observer.unobserve(before)
    if (now) observer.observe(now)
  })
  // Other columns in the same width: the header stays as it was, so nothing would be observed.
  watch(tracks, read, { flush: 'post' })
  onScopeDispose(() => observer.disconnect())
  return resolved
}

/** An element that is not displayed answers with the tracks as they were given. */
export function isResolved(tracks: string): boolean {
  return /^\d+(\.\d+)?px( \d+(\.\d+)?px)*$/.test(tracks)
}
