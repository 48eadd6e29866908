import path from 'node:path'
import type { App } from 'electron'

export interface StartOptions {
  userData: string
  demo: boolean
  /** The demo shops begin with their line cut, to see a start without it. */
  demoOffline: boolean
}

/** Name and places, before anything reads them. `--user-data-dir` gives a folder of its own: another workspace, another vault. */
export function applyStartOptions(app: App): StartOptions {
  app.setName('Caravel')
  if (process.platform === 'win32') app.setAppUserModelId('app.caravel.desktop')
  const wished = app.commandLine.getSwitchValue('user-data-dir')
  const userData = wished === '' ? path.join(app.getPath('appData'), 'Caravel') : path.resolve(wished)
  app.setPath('userData', userData)
  // Chromium's own look-ups ahead of time would leave the machine without a request of ours.
  app.commandLine.appendSwitch('dns-prefetch-disable')
  return {
    userData,
    demo: app.commandLine.hasSwitch('demo'),
    demoOffline: app.commandLine.hasSwitch('demo-offline'),
  }
}
