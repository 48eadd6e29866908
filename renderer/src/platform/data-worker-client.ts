import type { Host } from '#core/contracts/host.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { FromWorker, ToWorker } from '#renderer/worker/messages.ts'
import { onNetworkHint } from '#renderer/platform/online.ts'

export interface DataWorkerClient {
  /** Pulls now, one shop or all, whatever the schedule says. */
  syncNow(connectionId?: ConnectionId): void
  /** Something joined the outbox: look at once. */
  kick(): void
  /** Ends the engine and its worker, e.g. before another workspace is opened. */
  stop(): Promise<void>
}

/**
 * Starts the data worker on a database and hands it main's port; `aliveSince` is when main was started. `onMessage` hears when it leads (one engine per
 * database leads, over all windows) and when it failed.
 */
export async function startDataWorker(
  host: Pick<Host, 'on' | 'openWorkerPort'>,
  { dbName, aliveSince }: { dbName: string; aliveSince: number },
  onMessage: (message: FromWorker) => void = () => undefined,
): Promise<DataWorkerClient> {
  const worker = new Worker(new URL('../worker/data-worker.ts', import.meta.url), {
    type: 'module',
    name: 'data-worker',
  })
  const tell = (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer)
  worker.onmessage = (event: MessageEvent<FromWorker>) => onMessage(event.data)
  const port = await workerPort(host)
  tell({ kind: 'start', dbName, port, aliveSince }, [port])
  const stopHints = onNetworkHint(host, (online) => tell({ kind: 'network-hint', online }))
  return {
    syncNow: (connectionId) =>
      tell({ kind: 'sync-now', ...(connectionId === undefined ? {} : { connectionId }) }),
    kick: () => tell({ kind: 'kick' }),
    stop: async () => {
      stopHints()
      tell({ kind: 'stop' })
      await Promise.race([stopped(worker), new Promise((resolve) => setTimeout(resolve, 2000))])
      worker.terminate()
    },
  }
}

/** Main answers `openWorkerPort()` with a window message that carries the port. */
function workerPort(host: Pick<Host, 'openWorkerPort'>): Promise<MessagePort> {
  return new Promise((resolve) => {
    const listen = (event: MessageEvent<{ kind?: string } | null>) => {
      const [port] = event.ports
      if (event.source !== window || event.data?.kind !== 'caravel-worker-port' || port === undefined) return
      window.removeEventListener('message', listen)
      resolve(port)
    }
    window.addEventListener('message', listen)
    host.openWorkerPort()
  })
}

function stopped(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => {
      if (event.data.kind === 'stopped') resolve()
    })
  })
}
