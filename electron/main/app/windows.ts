import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron'
import { APP_ORIGIN } from '#core/contracts/origin.ts'
import { describeError, type Logger } from '#main/app/logging.ts'
import {
  MIN_HEIGHT,
  MIN_WIDTH,
  readWindowState,
  repairBounds,
  writeWindowState,
} from '#main/app/window-state.ts'

export interface WindowOptions {
  preload: string
  stateFile: string
  packaged: boolean
  logger: Logger
  /** Asked when the window is closed: true hides it instead. */
  keepsWindow: () => boolean
}

const SAVE_AFTER_MS = 400
/** A page that dies more often than this within a minute stays dead: reloading would only hide it. */
const MAX_RELOADS = 3

/** Opens the window and loads the page. Always from app://, also in development: another origin would be another database. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const saved = readWindowState(options.stateFile)
  const window = new BrowserWindow({
    ...repairBounds(saved, workAreas()),
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: 'Caravel',
    // What is seen before the page is: no white flash in the dark.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#18181b' : '#ffffff',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // The data worker belongs to this page: sync goes on while the window is hidden or behind others.
      backgroundThrottling: false,
      devTools: !options.packaged,
    },
  })
  window.once('ready-to-show', () => {
    if (saved?.maximized === true) window.maximize()
    window.show()
  })
  rememberState(window, options)
  hideInsteadOfClose(window, options.keepsWindow)
  reloadAfterCrash(window.webContents, options.logger)
  window
    .loadURL(`${APP_ORIGIN}/`)
    .catch((error: unknown) => options.logger.error('page did not load', describeError(error)))
  return window
}

/** Brings a window to the front, for a second start of the app. */
export function wakeWindow(window: BrowserWindow | undefined): void {
  if (window === undefined || window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function workAreas() {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id)
  return [primary, ...others].map((display) => display.workArea)
}

function rememberState(window: BrowserWindow, { stateFile, logger }: WindowOptions): void {
  let timer: NodeJS.Timeout | undefined
  const save = (): void => {
    clearTimeout(timer)
    try {
      writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() })
    } catch (error) {
      logger.warn('window state not saved', describeError(error))
    }
  }
  const saveSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(save, SAVE_AFTER_MS)
  }
  window.on('resize', saveSoon)
  window.on('move', saveSoon)
  window.on('close', save)
  window.on('closed', () => clearTimeout(timer))
}

function hideInsteadOfClose(window: BrowserWindow, keepsWindow: () => boolean): void {
  window.on('close', (event) => {
    if (!keepsWindow()) return
    event.preventDefault()
    window.hide()
  })
}

function reloadAfterCrash(contents: WebContents, logger: Logger): void {
  let crashes: number[] = []
  contents.on('render-process-gone', (_event, { reason }) => {
    logger.error('page is gone', { reason })
    if (reason === 'clean-exit' || reason === 'killed') return
    crashes = [...crashes.filter((at) => at > Date.now() - 60_000), Date.now()]
    if (crashes.length <= MAX_RELOADS) contents.reload()
  })
}
