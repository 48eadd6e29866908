import {
  MessageChannelMain,
  type IpcMain,
  type MessagePortMain,
  type WebContents,
  type WebFrameMain,
} from 'electron'
import { OPEN_WORKER_PORT, WORKER_PORT } from '#core/contracts/channel-names.ts'
import type { PortResponse } from '#core/contracts/host.ts'
import { WORKER_CHANNELS, type WorkerChannel } from '#core/contracts/ipc.ts'
import { APP_ORIGIN } from '#core/contracts/origin.ts'
import { z } from '#core/contracts/zod.ts'
import { issue } from '#core/shared/issue.ts'
import type { Logger } from '#main/app/logging.ts'
import { answer, isTrustedSender, refuse, type Handlers } from '#main/ipc/handle.ts'

type WorkerHandlers = Pick<Handlers, WorkerChannel>

const requestSchema = z.object({
  id: z.number().int().nonnegative(),
  channel: z.string().max(80),
  input: z.unknown(),
})

/** A page has one data worker; a few more cover a worker that is restarted. */
const MAX_PORTS = 4

/**
 * Hands the page a port for its data worker, so that bulk work never crosses the page's thread. The port speaks the
 * same contract as the channels, but only those that talk to remotes, labels for many orders, and the journal.
 */
export function offerWorkerPorts(ipcMain: IpcMain, handlers: WorkerHandlers, logger: Logger): void {
  const open = new WeakMap<WebContents, MessagePortMain[]>()
  ipcMain.on(OPEN_WORKER_PORT, (event) => {
    const frame: WebFrameMain | null = event.senderFrame
    if (frame === null || !isTrustedSender(frame, APP_ORIGIN)) {
      logger.warn('foreign sender refused', { channel: OPEN_WORKER_PORT })
      return
    }
    const ports = open.get(event.sender) ?? closeWithPage(event.sender, [])
    open.set(event.sender, ports)
    if (ports.length >= MAX_PORTS) ports.shift()?.close()
    const { port1, port2 } = new MessageChannelMain()
    ports.push(port1)
    port1.on('message', ({ data }) => void serve(port1, data, handlers, logger))
    port1.on('close', () => void ports.splice(ports.indexOf(port1), ports.includes(port1) ? 1 : 0))
    port1.start()
    frame.postMessage(WORKER_PORT, null, [port2])
  })
}

async function serve(
  port: MessagePortMain,
  data: unknown,
  handlers: WorkerHandlers,
  logger: Logger,
): Promise<void> {
  const request = requestSchema.safeParse(data)
  if (!request.success) return
  const { id, channel, input } = request.data
  const reply = isWorkerChannel(channel)
    ? await answer(channel, handlers[channel], input, logger)
    : refuse(issue('unsupported', { reason: 'unknown-channel', field: 'channel' }))
  const response: PortResponse = { id, reply }
  port.postMessage(response)
}

function isWorkerChannel(channel: string): channel is WorkerChannel {
  return WORKER_CHANNELS.some((name) => name === channel)
}

/** A port must not outlive the page it was given to: the next page is another one, even under the same address. */
function closeWithPage(contents: WebContents, ports: MessagePortMain[]): MessagePortMain[] {
  const closeAll = (): void => {
    for (const port of ports.splice(0)) port.close()
  }
  contents.on('did-navigate', closeAll)
  contents.on('render-process-gone', closeAll)
  contents.once('destroyed', closeAll)
  return ports
}
