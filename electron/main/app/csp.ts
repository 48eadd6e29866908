import { randomBytes } from 'node:crypto'

/** A fresh nonce for one page load; only style elements use it. */
export function makeNonce(): string {
  return randomBytes(18).toString('base64')
}

/**
 * The policy of every answer under app://caravel. Connections go nowhere but home: remotes are main's business.
 * `frame-src 'none'` also rules out a PDF viewer in a frame; pages draw previews themselves.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // Nuxt UI and Reka UI put style elements into the page; they carry the nonce of this load.
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'none'",
    "media-src 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
