import type { Session } from 'electron'
import { APP_ORIGIN } from '#core/contracts/origin.ts'

const HOME = `${APP_ORIGIN}/`
/** `devtools:` serves the inspector's own pages in development. */
const LOCAL_SCHEMES = ['blob:', 'data:', 'devtools:']

/**
 * The pages' network stack reaches nothing but our own files. The CSP says the same; this also holds for what a CSP
 * does not cover (a navigation, a prefetch, a page that lost its header).
 */
export function closeNetwork(session: Session): void {
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !isLocal(details.url) })
  })
  // The spell checker would fetch its dictionaries from a web service.
  session.setSpellCheckerEnabled(false)
}

export function isLocal(url: string): boolean {
  return url.startsWith(HOME) || LOCAL_SCHEMES.some((scheme) => url.startsWith(scheme))
}
