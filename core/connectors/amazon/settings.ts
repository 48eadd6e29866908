import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Settings } from '#core/connectors/_kit/operation.ts'
import {
  findMarketplace,
  REGION_HOSTS,
  REGIONS,
  type Marketplace,
  type Region,
} from '#core/connectors/amazon/marketplaces.ts'

/** What a person set, understood. */
export interface AmazonSettings {
  region: Region
  /** Where the API is asked: the seller's own gateway, or Amazon's host of the region. No slash at the end. */
  apiBase: string
  /** Where access tokens come from. */
  tokenUrl: string
  /** Those that were named; empty: every one that the account sells in. */
  marketplaces: Marketplace[]
  /** Merchant token; '' where it was not given. */
  sellerId: string
}

export const TOKEN_HOST = 'api.amazon.com'

/** Issues: `invalid-input` with reason `unknown-region`, `unknown-marketplace` or `other-region`, and its field. */
export function readSettings(settings: Settings): Result<AmazonSettings> {
  const typed = (settings['region'] ?? '').trim().toLowerCase()
  const region = REGIONS.find((each) => each === typed)
  if (region === undefined) return err(wrong('unknown-region', 'region', typed))
  const marketplaces: Marketplace[] = []
  for (const word of (settings['marketplaces'] ?? '').split(/[\s,;，；、]+/).filter((each) => each !== '')) {
    const found = findMarketplace(word)
    if (found === null) return err(wrong('unknown-marketplace', 'marketplaces', word))
    if (found.region !== region) return err(wrong('other-region', 'marketplaces', word))
    if (!marketplaces.includes(found)) marketplaces.push(found)
  }
  return ok({
    region,
    apiBase: settings['gatewayUrl'] ?? `https://${REGION_HOSTS[region]}`,
    tokenUrl: settings['tokenUrl'] ?? `https://${TOKEN_HOST}/auth/o2/token`,
    marketplaces,
    sellerId: (settings['sellerId'] ?? '').trim(),
  })
}

function wrong(reason: string, field: string, word: string): Issue {
  return issue('invalid-input', { reason, field, remoteMessage: word.slice(0, 200) })
}
