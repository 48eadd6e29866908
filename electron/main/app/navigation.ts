import type { App, WebContents } from 'electron'
import { APP_ORIGIN } from '#core/contracts/origin.ts'
import type { Logger } from '#main/app/logging.ts'

/** Every page, now and later, stays under our origin, opens no window and embeds nothing. */
export function guardNavigation(app: App, logger: Logger): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, logger))
}

function guardContents(contents: WebContents, logger: Logger): void {
  const stay = (event: { preventDefault(): void }, url: string): void => {
    if (isHome(url)) return
    event.preventDefault()
    logger.warn('navigation refused', { scheme: schemeOf(url) })
  }
  contents.on('will-navigate', (event, url) => stay(event, url))
  contents.on('will-redirect', (event, url) => stay(event, url))
  contents.on('will-frame-navigate', (details) => stay(details, details.url))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    logger.warn('window refused', { scheme: schemeOf(url) })
    return { action: 'deny' }
  })
  // A page could ask a STUN server for help and tell it things: no route but a proxy's.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}

export function isHome(url: string): boolean {
  return url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`)
}

function schemeOf(url: string): string {
  return url.slice(0, Math.min(12, url.indexOf(':') + 1))
}
