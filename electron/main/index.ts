import { app, BrowserWindow, ipcMain, powerMonitor, session } from 'electron'
import { composeHandlers } from '#main/app/compose-handlers.ts'
import { foldersOf } from '#main/app/folders.ts'
import { createLogger, describeError, type Logger } from '#main/app/logging.ts'
import { setInitialMenu } from '#main/app/menu.ts'
import { guardNavigation } from '#main/app/navigation.ts'
import { closeNetwork } from '#main/app/network.ts'
import { denyPermissions } from '#main/app/permissions.ts'
import { registerAppScheme, serveApp } from '#main/app/protocol.ts'
import { sendEvent } from '#main/app/send-event.ts'
import { claimSingleInstance } from '#main/app/single-instance.ts'
import { applyStartOptions } from '#main/app/start-options.ts'
import { hasTrayHost } from '#main/app/tray-host.ts'
import { createTrayKeeper } from '#main/app/tray.ts'
import { openWindow, wakeWindow } from '#main/app/windows.ts'
import { createRunner } from '#main/connectors/create-runner.ts'
import { describeDemo } from '#main/demo/demo-seed.ts'
import { createDemoShops } from '#main/demo/demo-shops.ts'
import { registerChannels } from '#main/ipc/register.ts'
import { offerWorkerPorts } from '#main/ipc/worker-port.ts'
import { createStoreKeeper } from '#main/storage/store-keeper.ts'

let window: BrowserWindow | undefined

// Before the app is ready: names and places, the scheme of our origin, one instance per folder.
const { demo, demoOffline } = applyStartOptions(app)
const folders = foldersOf(app, __dirname, process.env)
const logger = createLogger(folders.logs)
registerAppScheme()
logFailures(logger)
const tray = createTrayKeeper({
  ...{ iconFile: folders.trayIcon, platform: process.platform, hasHost: hasTrayHost },
  showWindow: () => wakeWindow(window),
  syncNow: () => sendEvent(window, 'command', { command: 'app.sync' }),
  quit: () => app.quit(),
})

if (claimSingleInstance(app, () => wakeWindow(window))) {
  guardNavigation(app, logger)
  app.whenReady().then(start, (error: unknown) => logger.error('not ready', describeError(error)))
} else {
  app.quit()
}

function start(): void {
  closeNetwork(session.defaultSession)
  denyPermissions(session.defaultSession)
  serveApp(folders.pages)
  setInitialMenu(process.platform)

  const demoShops = createDemoShops({ stateFile: folders.demoStateFile, now: Date.now })
  if (demoOffline) demoShops.setLine(false)
  const keeper = createStoreKeeper({
    userData: folders.userData,
    electronVersion: process.versions.electron ?? '',
    onDisk: (disk) => {
      logger.warn('free space', { state: disk.state, freeMb: Math.round(disk.freeBytes / 1024 / 1024) })
      sendEvent(window, 'disk', disk)
    },
    onFault: (what, error) => logger.error(what, describeError(error)),
  })
  const handlers = composeHandlers({
    folders,
    logger,
    demo,
    demoShops,
    describeDemo,
    createRunner,
    keeper,
    tray,
    window: () => window,
  })
  registerChannels(ipcMain, handlers, logger)
  offerWorkerPorts(ipcMain, handlers, logger)

  // The window is not there yet; what it asks for first may take a second to read.
  if (!keeper.profileNewer) keeper.journalOf(demo ? 'caravel-demo' : 'caravel').prepare()
  show()
  keeper.disk.start()
  powerMonitor.on('resume', () => sendEvent(window, 'network-hint', { online: true }))
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) show()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('before-quit', () => tray.noteQuit())
  app.on('will-quit', () => {
    keeper.disk.stop()
    void demoShops.stop()
  })
  // The very last word: what fails on the way out was no clean end.
  app.on('quit', () => keeper.marker.end())
}

function show(): void {
  const { preload, windowStateFile: stateFile } = folders
  window = openWindow({
    preload,
    stateFile,
    packaged: app.isPackaged,
    logger,
    keepsWindow: () => tray.keepsWindow(),
  })
}

function logFailures(log: Logger): void {
  process.on('uncaughtExceptionMonitor', (error) => log.error('uncaught', describeError(error)))
  process.on('unhandledRejection', (reason) => log.error('unhandled rejection', describeError(reason)))
  app.on('child-process-gone', (_event, { type, reason }) => log.error('process is gone', { type, reason }))
}
