import { contextBridge, ipcRenderer } from 'electron'
import {
  CHANNEL_NAMES,
  EVENT_MESSAGE,
  EVENT_NAME_LIST,
  OPEN_WORKER_PORT,
  WORKER_PORT,
} from '#core/contracts/channel-names.ts'
import { APP_ORIGIN } from '#core/contracts/origin.ts'

/**
 * `window.host`, and nothing else: one function per channel of the table. The page gets no `ipcRenderer` and no event
 * object, so it can name no channel of its own and reach no sender.
 */
const calls = Object.fromEntries(
  CHANNEL_NAMES.map((channel) => [
    channel,
    (input: unknown): Promise<unknown> => ipcRenderer.invoke(channel, input),
  ]),
)

const listeners = new Map<string, Set<(payload: unknown) => void>>(
  EVENT_NAME_LIST.map((name) => [name, new Set()]),
)

ipcRenderer.on(EVENT_MESSAGE, (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload)
})

function on(name: string, listener: (payload: unknown) => void): () => void {
  const known = listeners.get(name)
  if (known === undefined || typeof listener !== 'function') throw new TypeError('unknown event')
  known.add(listener)
  return () => void known.delete(listener)
}

// A port cannot cross the context bridge; a window message can carry it, to our own origin only.
ipcRenderer.on(WORKER_PORT, (event) => {
  window.postMessage({ kind: WORKER_PORT }, APP_ORIGIN, [...event.ports])
})

contextBridge.exposeInMainWorld('host', {
  ...calls,
  on,
  openWorkerPort: (): void => ipcRenderer.send(OPEN_WORKER_PORT),
})
