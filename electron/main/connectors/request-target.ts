import type { Manifest } from '#core/connectors/_kit/manifest.ts'
import type { Settings } from '#core/connectors/_kit/operation.ts'

/**
 * The address a request goes to: a path below the connection's base address, or an absolute one on a host that the
 * manifest or the settings name. Anything else is a fault of the connector and throws, before a session goes along.
 */
export function resolveTarget(manifest: Manifest, settings: Settings, requested: string): string {
  const isAbsolute = /^https?:\/\//i.test(requested)
  if (!isAbsolute && !requested.startsWith('/'))
    throw new Error(`${manifest.id}: not a path or address: ${requested}`)
  if (manifest.address.kind === 'hosts') {
    const url = new URL(isAbsolute ? requested : `https://${manifest.address.hosts[0] ?? ''}${requested}`)
    const known =
      url.protocol === 'https:' && url.port === '' && manifest.address.hosts.includes(url.hostname)
    if (!known || hasCredentials(url))
      throw new Error(`${manifest.id}: host ${url.host} is not in its manifest`)
    return url.href
  }
  const base = settings[manifest.address.setting] ?? ''
  const url = new URL(isAbsolute ? requested : `${base}${requested}`)
  if (url.origin !== new URL(base).origin || hasCredentials(url))
    throw new Error(`${manifest.id}: host ${url.host} is not the connection's`)
  return url.href
}

function hasCredentials(url: URL): boolean {
  return url.username !== '' || url.password !== ''
}
