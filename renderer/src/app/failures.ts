import { shallowRef } from 'vue'

/** The error that took the screen down; null while all is well. Programmer errors only: expected ones are Results. */
export const failure = shallowRef<unknown>(null)

/** Everything that nobody caught ends at the error screen, with a report. */
export function catchFailures(): void {
  window.addEventListener('error', (event) => {
    // A layout loop of ResizeObserver is a browser's remark, not a failure.
    if (event.message.startsWith('ResizeObserver')) return
    failure.value = event.error ?? new Error(event.message)
  })
  window.addEventListener('unhandledrejection', (event) => {
    const reason: unknown = event.reason
    failure.value = reason ?? new Error('rejected')
  })
}
