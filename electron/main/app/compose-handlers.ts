import { app, clipboard, dialog, safeStorage, shell, type BrowserWindow } from 'electron'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { DemoSeed } from '#core/contracts/demo.ts'
import type { ChannelOutput } from '#core/contracts/ipc.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { Folders } from '#main/app/folders.ts'
import { openExternal } from '#main/app/external-links.ts'
import type { Logger } from '#main/app/logging.ts'
import { setMenu } from '#main/app/menu.ts'
import { sendEvent } from '#main/app/send-event.ts'
import type { TrayKeeper } from '#main/app/tray.ts'
import type { DemoShopsPort } from '#main/demo/demo-port.ts'
import { createFontShelf } from '#main/documents/open-fonts.ts'
import { createPaperRenderer } from '#main/documents/render-papers.ts'
import { createBackupFolder } from '#main/files/backup-folder.ts'
import { createBackupKeys } from '#main/files/backup-key.ts'
import { createExportSessions, EXPORT_EXTENSION } from '#main/files/export-sessions.ts'
import { createImportSessions } from '#main/files/import-sessions.ts'
import { appHandlers } from '#main/ipc/app-handlers.ts'
import { connectorHandlers, type OperationRunner } from '#main/ipc/connector-handlers.ts'
import { demoHandlers } from '#main/ipc/demo-handlers.ts'
import { documentHandlers } from '#main/ipc/document-handlers.ts'
import type { Handlers } from '#main/ipc/handle.ts'
import { printingHandlers } from '#main/ipc/printing-handlers.ts'
import { storageHandlers } from '#main/ipc/storage-handlers.ts'
import { tariffHandlers } from '#main/ipc/tariff-handlers.ts'
import { transferHandlers } from '#main/ipc/transfer-handlers.ts'
import { vaultHandlers } from '#main/ipc/vault-handlers.ts'
import { createFileDriver } from '#main/printing/drivers/file.ts'
import { createRawDriver } from '#main/printing/drivers/raw.ts'
import { createSystemDriver } from '#main/printing/drivers/system.ts'
import { createSpooler } from '#main/printing/spooler.ts'
import { pdfToZpl } from '#main/printing/zpl/pdf-to-zpl.ts'
import { createConnectionStore, type ConnectionStore } from '#main/secrets/connection-store.ts'
import { createTaxIdStore } from '#main/secrets/tax-id-store.ts'
import { createVault, type Vault } from '#main/secrets/vault.ts'
import type { StoreKeeper } from '#main/storage/store-keeper.ts'

export interface ComposeOptions {
  folders: Folders
  logger: Logger
  demo: boolean
  demoShops: DemoShopsPort
  describeDemo: () => DemoSeed
  /** Made here because it reads connections, and told when one changes. */
  createRunner: (
    connections: Pick<ConnectionStore, 'find' | 'renewSecrets'>,
    logger: Logger,
  ) => OperationRunner & { forget(connectionId: ConnectionId): void }
  keeper: StoreKeeper
  tray: Pick<TrayKeeper, 'apply'>
  window: () => BrowserWindow | undefined
}

/** Puts main's parts together: what each channel of the contract does. */
export function composeHandlers(options: ComposeOptions): Handlers {
  const { folders, logger, window } = options
  const onSetAside = (file: string) => logger.error('vault set aside', { file })
  const vault = createVault({ file: folders.vaultFile, safeStorage, onSetAside })
  const connections = createConnectionStore(vault, (id) => runner.forget(id))
  const taxIds = createTaxIdStore(vault)
  const runner = options.createRunner(connections, logger)
  return {
    ...appHandlers({
      info: () => appInfo(options.demo),
      openExternal: (url) => openExternal(url, (address) => shell.openExternal(address)),
      copyText: (text) => clipboard.writeText(text),
      setMenu: (menus) =>
        setMenu(menus, (command) => sendEvent(window(), 'command', { command }), process.platform),
      setTray: (wish) => options.tray.apply(wish),
    }),
    ...vaultHandlers({ vault, connections, taxIds }),
    ...connectorHandlers(runner),
    ...documentHandlers({
      papers: createPaperRenderer(createFontShelf(folders.fonts)),
      taxIds,
      askWhere: (suggestedName) => askWhere(window(), suggestedName),
    }),
    ...printing(folders),
    ...storageHandlers({ keeper: options.keeper, logger }),
    ...transfers(folders, vault, window),
    ...tariffHandlers(),
    ...demoHandlers({ demo: options.demoShops, describeDemo: options.describeDemo, connections }),
  }
}

function printing(folders: Folders): ReturnType<typeof printingHandlers> {
  const system = createSystemDriver()
  const drivers = { file: createFileDriver(folders.labels), system: system.print, raw: createRawDriver() }
  return printingHandlers({
    spooler: createSpooler(drivers, pdfToZpl),
    listPrinters: system.list,
    folder: folders.labels,
    openFolder: async (folder) => {
      await mkdir(folder, { recursive: true })
      return (await shell.openPath(folder)) === ''
    },
  })
}

function transfers(
  folders: Folders,
  vault: Vault,
  window: () => BrowserWindow | undefined,
): ReturnType<typeof transferHandlers> {
  const backups = createBackupFolder(folders.backups, Date.now)
  const keys = createBackupKeys(path.join(folders.backups, 'key.json'), vault)
  const exports = createExportSessions({
    ...{ backups, keys, noteFile: folders.exportNoteFile, now: Date.now },
    askWhere: (suggestedName) => askWhere(window(), suggestedName),
  })
  app.on('will-quit', () => void exports.cancel({ session: null }))
  const imports = createImportSessions({ backups, keys, askWhich: () => askWhich(window()) })
  return transferHandlers({ exports, imports, backups })
}

async function askWhich(window: BrowserWindow | undefined): Promise<string | null> {
  const filters = [{ name: 'Caravel', extensions: [EXPORT_EXTENSION.slice(1), 'caravel-backup'] }]
  const options = { filters, properties: ['openFile' as const] }
  const answer =
    window === undefined ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options)
  return answer.canceled ? null : (answer.filePaths[0] ?? null)
}

/** This module is loaded while main starts. */
const STARTED_AT = Date.now()

function appInfo(demo: boolean): ChannelOutput<'app.info'> {
  return {
    version: app.getVersion(),
    electron: process.versions.electron ?? '',
    platform: process.platform,
    packaged: app.isPackaged,
    demo,
    startedAt: STARTED_AT,
    locale: app.getLocale(),
  }
}

async function askWhere(window: BrowserWindow | undefined, suggestedName: string): Promise<string | null> {
  const extension = path.extname(suggestedName).slice(1)
  const options = {
    defaultPath: path.join(app.getPath('downloads'), suggestedName),
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
  }
  const answer =
    window === undefined ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options)
  return answer.canceled || !answer.filePath ? null : answer.filePath
}
