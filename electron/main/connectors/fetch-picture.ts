import type { Connector } from '#core/connectors/_kit/connector.ts'
import type { Settings } from '#core/connectors/_kit/operation.ts'
import { issue } from '#core/shared/issue.ts'
import { err, type Result } from '#core/shared/result.ts'
import type { RateLimiter } from '#main/connectors/rate-limiter.ts'
import { resolveTarget } from '#main/connectors/request-target.ts'
import type { FetchedPicture, PictureFetcher } from '#main/http/picture-fetcher.ts'

export interface PictureContext {
  connector: Connector
  settings: Settings
  limiter: RateLimiter
  signal: AbortSignal
  fetch: PictureFetcher | undefined
}

/**
 * Fetches a picture in the connection's tempo. The address came from a shop: one on another host is not asked for, so that no listing
 * can make this machine call wherever it likes. Issues: `unsupported.picture-elsewhere`, `rate-limited`, those of the fetcher.
 */
export async function fetchListingPicture(
  address: string,
  { connector, settings, limiter, signal, fetch }: PictureContext,
): Promise<Result<FetchedPicture>> {
  const url = ownAddress(connector, settings, address)
  if (url === null || fetch === undefined) return err(issue('unsupported', { reason: 'picture-elsewhere' }))
  try {
    const turn = await limiter.enter(signal, 'background')
    if (!('leave' in turn))
      return err(issue('rate-limited', { reason: 'local-limit', retryAfterMs: turn.retryAfterMs }))
    try {
      return await fetch(url, signal)
    } finally {
      turn.leave()
    }
  } catch (error) {
    if (signal.aborted) return err(issue('cancelled'))
    throw error
  }
}

function ownAddress({ manifest }: Connector, settings: Settings, address: string): string | null {
  try {
    return resolveTarget(manifest, settings, address)
  } catch {
    return null
  }
}
