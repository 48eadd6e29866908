import path from 'node:path'
import type { App } from 'electron'

/** Where main keeps and finds things. Built files are looked up beside main's own, so that nothing depends on the folder it is started in. */
export interface Folders {
  /** The profile itself. */
  userData: string
  pages: string
  preload: string
  fonts: string
  trayIcon: string
  logs: string
  vaultFile: string
  windowStateFile: string
  demoStateFile: string
  labels: string
  backups: string
  /** Names a file that is being written. */
  exportNoteFile: string
}

export function foldersOf(app: App, mainFolder: string, env: NodeJS.ProcessEnv): Folders {
  const userData = app.getPath('userData')
  const out = path.join(mainFolder, '..')
  const resources = app.isPackaged ? process.resourcesPath : path.join(out, '..', 'resources')
  return {
    userData,
    pages: path.join(out, 'renderer'),
    preload: path.join(out, 'preload', 'index.cjs'),
    fonts: path.join(resources, 'fonts'),
    trayIcon: path.join(resources, app.isPackaged ? 'tray.png' : path.join('build', 'icons', '32x32.png')),
    logs: path.join(userData, 'logs'),
    vaultFile: path.join(userData, 'vault.json'),
    windowStateFile: path.join(userData, 'window-state.json'),
    demoStateFile: path.join(userData, 'demo-shops.json'),
    labels: labelFolder(app, env),
    backups: path.join(userData, 'backups'),
    exportNoteFile: path.join(userData, 'export-in-progress.json'),
  }
}

/** A test run must not fill somebody's documents; a shipped app takes no folder from its surroundings. */
function labelFolder(app: App, env: NodeJS.ProcessEnv): string {
  const wished = env['CARAVEL_PRINT_FOLDER']
  if (!app.isPackaged && wished !== undefined && wished !== '') return path.resolve(wished)
  return path.join(app.getPath('documents'), 'Caravel labels')
}
