import { shallowRef } from 'vue'
import { takeStorageError } from '#renderer/app/storage-health.ts'

/** The error that took the screen down; null while all is well. Programmer errors only: expected ones are Results. */
export const failure = shallowRef<unknown>(null)

/** An error that nobody caught: a refusal of the store is said by the bar, anything else takes the screen down. */
export function takeFailure(error: unknown, report: (name: string) => void): void {
  if (!takeStorageError(error, report)) failure.value = error
}

/** Everything that nobody caught ends at the error screen, with a report. `report` tells main that the store failed. */
export function catchFailures(report: (name: string) => void): void {
  window.addEventListener('error', (event) => {
    // A layout loop of ResizeObserver is a browser's remark, not a failure.
    if (event.message.startsWith('ResizeObserver')) return
    takeFailure(event.error ?? new Error(event.message), report)
  })
  window.addEventListener('unhandledrejection', (event) => {
    const reason: unknown = event.reason
    takeFailure(reason ?? new Error('rejected'), report)
    if (failure.value === null) event.preventDefault()
  })
}
