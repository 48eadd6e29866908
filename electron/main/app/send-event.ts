import type { BrowserWindow } from 'electron'
import { EVENT_MESSAGE } from '#core/contracts/channel-names.ts'
import type { EventName, EventPayload } from '#core/contracts/ipc.ts'

/** Tells the page something it did not ask for; a window that is gone hears nothing. */
export function sendEvent<E extends EventName>(
  window: BrowserWindow | undefined,
  event: E,
  payload: EventPayload<E>,
): void {
  if (window === undefined || window.isDestroyed()) return
  window.webContents.send(EVENT_MESSAGE, event, payload)
}
