import { ref } from 'vue'
import { defineStore } from 'pinia'

/** Which of the small windows over the page is open. */
export const useOverlays = defineStore('overlays', () => {
  const palette = ref(false)
  const shortcuts = ref(false)
  const offline = ref(false)
  /** The list of recent bulk changes; with the id of one, that one is unfolded. */
  const bulk = ref<string | null>(null)
  /** Rises with every wish to type into the search box. */
  const searchWishes = ref(0)
  return { palette, shortcuts, offline, bulk, searchWishes }
})
