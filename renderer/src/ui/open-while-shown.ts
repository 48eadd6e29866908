import { onDeactivated, ref, type Ref } from 'vue'

/**
 * Whether something is open that lies over its page, as a menu does. Such a thing hangs at the window, not in its page: when that is kept while
 * another one is shown, it would stay where it is.
 */
export function useOpenWhileShown(): Ref<boolean> {
  const open = ref(false)
  onDeactivated(() => (open.value = false))
  return open
}
