import { getCurrentInstance, onActivated, onDeactivated, ref, type Ref } from 'vue'

/** Whether the page around it is on the screen. One that is kept stands by while another is shown. */
export function useShown(): Readonly<Ref<boolean>> {
  const shown = ref(true)
  if (getCurrentInstance() === null) return shown
  onDeactivated(() => (shown.value = false))
  onActivated(() => (shown.value = true))
  return shown
}
