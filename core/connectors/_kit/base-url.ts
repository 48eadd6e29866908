import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

export interface BaseUrl {
  scheme: 'https' | 'http'
  /** Lower case, IPv6 in brackets. */
  host: string
  port: string
  /** '' or begins with `/`; no slash at the end. */
  path: string
}

const SHAPE =
  /^(https?):\/\/(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?::(\d{1,5}))?(\/[^\s?#\\@]*)?$/i

/**
 * The address of a shop as a person types it. https everywhere; http only for this machine and private networks, where
 * certificates are rare and the line does not leave the house. Fails with `invalid-input` and reason `address-shape` or
 * `address-not-https`.
 */
export function parseBaseUrl(typed: string, field = 'baseUrl'): Result<BaseUrl> {
  const found = SHAPE.exec(typed.trim())
  if (found === null) return err(issue('invalid-input', { reason: 'address-shape', field }))
  const [, scheme = '', host = '', port = '', path = ''] = found
  const base: BaseUrl = {
    scheme: scheme.toLowerCase() === 'https' ? 'https' : 'http',
    host: host.toLowerCase(),
    port,
    path: path.replace(/\/+$/, ''),
  }
  if (base.path.split('/').some((part) => part === '..' || part === '.'))
    return err(issue('invalid-input', { reason: 'address-shape', field }))
  if (base.scheme === 'http' && !isPrivateHost(base.host))
    return err(issue('invalid-input', { reason: 'address-not-https', field }))
  return ok(base)
}

/** The address without a slash at the end. */
export function formatBaseUrl(base: BaseUrl): string {
  return `${base.scheme}://${base.host}${base.port === '' ? '' : `:${base.port}`}${base.path}`
}

/** Loopback, RFC 1918, link-local, IPv6 unique local, and names that only exist in a local network. */
export function isPrivateHost(host: string): boolean {
  if (host === 'localhost' || /\.(localhost|local|lan|home\.arpa|internal)$/.test(host)) return true
  if (host.startsWith('[')) return /^\[(::1|f[cd][0-9a-f]{2}:.*|fe80:.*)\]$/.test(host)
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)
  if (parts === null) return false
  const [a = 0, b = 0] = parts.slice(1).map(Number)
  return (
    a === 127 ||
    a === 10 ||
    (a === 192 && b === 168) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 169 && b === 254)
  )
}
