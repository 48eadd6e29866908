import { onScopeDispose, shallowRef, watch } from 'vue'
import { watchLintSources } from '#renderer/data/queries/lint-sources.ts'
import type { OpenFindings } from '#renderer/usecases/lint-open-orders.ts'
import { useLive } from '#renderer/app/live.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** After an answer the next question waits: a pull changes orders all the time. */
const REST_MS = 500

/** What was found on all open orders, asked anew when something changed; what was shown stays until then. */
export function useOpenFindings() {
  const { db, engine } = useWorkspace()
  const data = shallowRef<OpenFindings>()
  const error = shallowRef<unknown>()
  const sources = useLive(() => watchLintSources(db))
  const state = { asking: false, again: false, gone: false }
  onScopeDispose(() => (state.gone = true))

  async function ask(): Promise<void> {
    state.again = state.asking
    if (state.asking || state.gone) return
    state.asking = true
    try {
      data.value = await engine.lintOpenOrders()
      error.value = undefined
    } catch (failure) {
      error.value = failure
    }
    await new Promise((resolve) => setTimeout(resolve, REST_MS))
    state.asking = false
    if (state.again) await ask()
  }

  watch(sources.data, (now) => now !== undefined && void ask(), { immediate: true })
  return { data, error, retry: () => void ask() }
}
