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
  const { hosts } = manifest.address
  const given = manifest.address.settings.map((name) => settings[name] ?? '').filter((base) => base !== '')
  const url = new URL(isAbsolute ? requested : `${given[0] ?? `https://${hosts[0] ?? ''}`}${requested}`)
  const isGiven = given.some((base) => new URL(base).origin === url.origin)
  if ((!isGiven && !isOnHost(url, hosts)) || hasCredentials(url))
    throw new Error(`${manifest.id}: host ${url.host} is not the connection's`)
  return url.href
}

function isOnHost({ protocol, port, hostname }: URL, hosts: readonly string[]): boolean {
  return (
    protocol === 'https:' &&
    port === '' &&
    hosts.some((host) => (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host))
  )
}

function hasCredentials(url: URL): boolean {
  return url.username !== '' || url.password !== ''
}
