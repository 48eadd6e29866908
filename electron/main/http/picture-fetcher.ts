import * as http from 'node:http'
import * as https from 'node:https'
import axios from 'axios'
import { checkPicture, PICTURE_MOST_BYTES, type PictureType } from '#core/listing/picture.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

export interface FetchedPicture {
  mime: PictureType
  bytes: Uint8Array
}

/** Fetches a picture from an address whose host was checked. */
export type PictureFetcher = (url: string, signal: AbortSignal) => Promise<Result<FetchedPicture>>

export interface PictureFetcherOptions {
  timeoutMs?: number
  /** More certificates to trust, e.g. of a test server; PEM. */
  ca?: string | undefined
}

/**
 * The only request whose answer is not text: bounded in size and time, no redirect, no proxy, no session. What comes back is a
 * picture only when its bytes say so. Issues: `not-found.picture-missing`, `malformed.no-picture`, `remote-down.picture-unreachable`, `cancelled`.
 */
export function createPictureFetcher({ timeoutMs = 15_000, ca }: PictureFetcherOptions = {}): PictureFetcher {
  const client = axios.create({
    adapter: 'http',
    proxy: false,
    maxRedirects: 0,
    maxContentLength: PICTURE_MOST_BYTES,
    responseType: 'arraybuffer',
    validateStatus: () => true,
    httpAgent: new http.Agent({ keepAlive: true }),
    httpsAgent: new https.Agent({ keepAlive: true, minVersion: 'TLSv1.2', ca }),
    headers: { accept: 'image/webp,image/png,image/jpeg', 'user-agent': 'Caravel' },
  })
  return async (url, signal) => {
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), timeoutMs)
    const end = (): void => stop.abort()
    signal.addEventListener('abort', end, { once: true })
    try {
      if (signal.aborted) return err(issue('cancelled'))
      const { status, data } = await client.get<Buffer>(url, { signal: stop.signal })
      if (status === 429 || status >= 500) return err(issue('remote-down', { reason: 'picture-unreachable' }))
      if (status !== 200) return err(issue('not-found', { reason: 'picture-missing' }))
      const bytes = new Uint8Array(data)
      const mime = checkPicture(bytes)
      return mime === null ? err(issue('malformed', { reason: 'no-picture' })) : ok({ mime, bytes })
    } catch (error) {
      if (signal.aborted) return err(issue('cancelled'))
      const tooLarge = error instanceof Error && /maxContentLength/.test(error.message)
      return err(
        tooLarge
          ? issue('malformed', { reason: 'no-picture' })
          : issue('remote-down', { reason: 'picture-unreachable' }),
      )
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
    }
  }
}
