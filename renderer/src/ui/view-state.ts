/** Which of its states a data view is in; `stale` is said beside the data. */
export type ViewState = 'loading' | 'first-use' | 'filtered' | 'error' | 'ready'

/** Decides from what is known; an error wins, then waiting, then emptiness. */
export function viewState(view: {
  loading: boolean
  failed: boolean
  empty: boolean
  filtered?: boolean
}): ViewState {
  if (view.failed) return 'error'
  if (view.loading) return 'loading'
  if (!view.empty) return 'ready'
  return view.filtered ? 'filtered' : 'first-use'
}
