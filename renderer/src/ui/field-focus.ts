import { nextTick, watch, type Ref } from 'vue'

/** Puts the cursor into the field of this path (`data-field`) as soon as it is there; the nearest one around it otherwise. */
export async function focusField(root: HTMLElement | null, path: string): Promise<boolean> {
  for (let attempt = 0; attempt < 5; attempt++) {
    await nextTick()
    const field = find(root, path)
    if (field) {
      field.scrollIntoView({ block: 'center' })
      field.focus({ preventScroll: true })
      // What stands there is a guess or wrong: typing replaces it.
      if (field instanceof HTMLInputElement) field.select()
      return true
    }
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  return false
}

/** Follows a wish for a field, e.g. from the address bar. */
export function useFieldFocus(
  root: Readonly<Ref<HTMLElement | null>>,
  path: () => string,
  done: () => void,
): void {
  watch(
    path,
    async (wanted) => {
      if (wanted === '') return
      await focusField(root.value, wanted)
      done()
    },
    { immediate: true, flush: 'post' },
  )
}

function find(root: HTMLElement | null, path: string): HTMLElement | null {
  const exact = root?.querySelector<HTMLElement>(`[data-field="${CSS.escape(path)}"]`)
  return exact ?? root?.querySelector<HTMLElement>(`[data-field^="${CSS.escape(path)}."]`) ?? null
}
