import type { IncomingHttpHeaders } from 'node:http'

const secretName =
  /auth|token|cookie|secret|api-?key|password|passwd|signature|credential|^sign$|partner_key|^code$/i
export const mask = '***'

/** Header values that may be secrets are replaced, so that a failing test can print the log. */
export function maskHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const masked: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue
    masked[name] = secretName.test(name) ? mask : Array.isArray(value) ? value.join(', ') : value
  }
  return masked
}

/** The same for query values: some marketplaces sign in the address (Shopee: `sign`, `access_token`). */
export function maskPath(path: string): string {
  const cut = path.indexOf('?')
  if (cut < 0) return path
  const pairs = path
    .slice(cut + 1)
    .split('&')
    .map((pair) => {
      const name = pair.split('=', 1)[0] ?? ''
      return secretName.test(name) ? `${name}=${mask}` : pair
    })
  return `${path.slice(0, cut)}?${pairs.join('&')}`
}
