import {
  computed,
  onScopeDispose,
  ref,
  shallowRef,
  watchEffect,
  type ComputedRef,
  type ShallowRef,
} from 'vue'
import { useShown } from '#renderer/ui/shown.ts'

/** A live query of `data/`: tells the value now and after every change. */
export interface LiveSource<T> {
  subscribe(next: (value: T) => void, error?: (error: unknown) => void): { unsubscribe(): void }
}

export interface Live<T> {
  data: Readonly<ShallowRef<T | undefined>>
  error: Readonly<ShallowRef<unknown>>
  loading: ComputedRef<boolean>
  /** Asks again after an error. */
  retry(): void
}

/**
 * A live query for as long as the component is shown. When what the source reads changes, it is asked anew; the old
 * value stays until the new one is there, so nothing flickers.
 */
export function useLive<T>(source: () => LiveSource<T> | null): Live<T> {
  const data = shallowRef<T>()
  const error = shallowRef<unknown>()
  const round = ref(0)
  const shown = useShown()

  watchEffect((onCleanup) => {
    if (round.value < 0 || !shown.value) return
    const live = source()
    if (!live) {
      data.value = undefined
      return
    }
    const subscription = live.subscribe(
      (value) => {
        error.value = undefined
        data.value = value
      },
      (failure) => (error.value = failure ?? new Error('the query failed')),
    )
    onCleanup(() => subscription.unsubscribe())
  })
  onScopeDispose(() => (data.value = undefined))

  return {
    data,
    error,
    loading: computed(() => data.value === undefined && error.value === undefined),
    retry() {
      error.value = undefined
      round.value++
    },
  }
}
