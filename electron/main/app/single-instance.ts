import type { App } from 'electron'

/**
 * One app per user-data folder: two would fight over the same database and vault. The second start wakes the first
 * window and ends. The result says whether this one goes on.
 */
export function claimSingleInstance(app: App, wakeWindow: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', wakeWindow)
  return true
}
