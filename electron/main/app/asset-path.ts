import path from 'node:path'
import { APP_HOST, APP_SCHEME } from '#core/contracts/origin.ts'

/**
 * Which file under `root` an app:// address means, or null for what has no business there. It refuses rather than
 * repairs: a path that needs cleaning was not written by our build.
 */
export function resolveAssetPath(root: string, address: string): string | null {
  const url = parse(address)
  if (url === null) return null
  const name = decode(url.pathname)
  if (name === null) return null
  const segments = name.split('/').slice(1)
  if (segments.some((segment) => !isPlain(segment))) return null
  const last = segments.at(-1) ?? ''
  // A route, not a file: the page's router reads the address.
  const relative = last.includes('.') ? segments.join(path.sep) : 'index.html'
  const file = path.resolve(root, relative)
  return isInside(root, file) ? file : null
}

function parse(address: string): URL | null {
  try {
    const url = new URL(address)
    const home = url.protocol === `${APP_SCHEME}:` && url.hostname === APP_HOST
    return home && url.port === '' && url.username === '' && url.password === '' ? url : null
  } catch {
    return null
  }
}

function decode(pathname: string): string | null {
  try {
    const once = decodeURIComponent(pathname)
    // What is still encoded after one round was encoded twice, to get past a check like this one.
    return /%[0-9a-f]{2}/i.test(once) ? null : once
  } catch {
    return null
  }
}

/** No dot files, no `..`, no drive letters or streams, no separators of another system, nothing invisible. */
function isPlain(segment: string): boolean {
  if (segment === '') return true
  return /^[\p{L}\p{N}_~-][\p{L}\p{N}._~ @+()[\]-]*$/u.test(segment)
}

function isInside(root: string, file: string): boolean {
  const relative = path.relative(root, file)
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative)
}
