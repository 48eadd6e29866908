import type { IpcMain } from 'electron'
import { CHANNELS, type Channel } from '#core/contracts/ipc.ts'
import { APP_ORIGIN } from '#core/contracts/origin.ts'
import { issue } from '#core/shared/issue.ts'
import type { Logger } from '#main/app/logging.ts'
import { answer, isTrustedSender, refuse, type Handlers } from '#main/ipc/handle.ts'

/** Puts every channel of the table on the wire. `Handlers` is complete or it does not compile. */
export function registerChannels(ipcMain: IpcMain, handlers: Handlers, logger: Logger): void {
  for (const channel of CHANNELS) registerChannel(ipcMain, channel, handlers, logger)
}

function registerChannel(ipcMain: IpcMain, channel: Channel, handlers: Handlers, logger: Logger): void {
  ipcMain.handle(channel, (event, input: unknown) => {
    if (!isTrustedSender(event.senderFrame, APP_ORIGIN)) {
      logger.warn('foreign sender refused', { channel })
      return refuse(issue('unsupported', { reason: 'foreign-sender' }))
    }
    return answer(channel, handlers[channel], input, logger)
  })
}
