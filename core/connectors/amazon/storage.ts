import { err } from '#core/shared/result.ts'
import type { HttpRequest, Settings, Step } from '#core/connectors/_kit/operation.ts'
import { readAmazon } from '#core/connectors/amazon/api.ts'
import { readSettings } from '#core/connectors/amazon/settings.ts'

/** Amazon's documents lie in storage of its own, each under an address that soon ends and is its own key. */
export interface StorageCall {
  /** Also the name of its rate in the manifest. */
  name: string
  method: 'GET' | 'PUT'
  url: string
  json?: unknown
  gunzip?: true | undefined
  timeoutMs: number
}

/** Only Amazon's storage, or the seller's own gateway in its place, is asked. */
export function isStorage(url: string, settings: Settings): boolean {
  const account = readSettings(settings)
  const isAmazons = /^https:\/\/[a-z0-9.-]+\.amazonaws\.com\//.test(url)
  return isAmazons || (account.ok && url.startsWith(`${account.value.apiBase}/`))
}

/**
 * Reads or puts a document; the session stays here. Putting one changes nothing by itself: a lost answer leaves no question open. The address must
 * be one of storage (`isStorage`).
 */
export function* callStorage({ name, method, url, json, gunzip, timeoutMs }: StorageCall): Step<unknown> {
  const request: HttpRequest = {
    ...{
      method,
      url,
      headers: { accept: 'application/json' },
      session: false,
      effect: 'read',
      timeoutMs,
      name,
    },
    ...(json === undefined ? {} : { json }),
    ...(gunzip === true ? { gunzip } : {}),
  }
  const response = yield request
  if (method === 'PUT' && response.kind === 'answer' && response.status < 300)
    return { ok: true, value: null }
  const read = readAmazon(response, { name, effect: 'read' })
  // An address that ended is refused there; that says nothing of the account.
  return !read.ok && read.error.code === 'auth'
    ? err({ ...read.error, code: 'remote-down', reason: 'server-error' })
    : read
}
