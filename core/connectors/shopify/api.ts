import type { Issue } from '#core/shared/issue.ts'
import type { GraphqlApi } from '#core/connectors/_kit/graphql.ts'
import type { HttpResponse } from '#core/connectors/_kit/operation.ts'
import { shopifyManifest } from '#core/connectors/shopify/manifest.ts'
import { waitAfter } from '#core/connectors/shopify/throttle.ts'

/** What codes of `errors[].extensions` mean here. Refusals of the business itself are `userErrors` inside `data`. */
const CODES: GraphqlApi['codes'] = {
  THROTTLED: { code: 'rate-limited' },
  MAX_COST_EXCEEDED: { code: 'unsupported', reason: 'query-too-large' },
  ACCESS_DENIED: { code: 'auth', reason: 'scope-missing' },
  SHOP_INACTIVE: { code: 'remote-down', reason: 'shop-closed' },
  INTERNAL_SERVER_ERROR: { code: 'remote-down', reason: 'server-error' },
  TIMEOUT: { code: 'remote-down', reason: 'server-error' },
  undefinedField: { code: 'unsupported', reason: 'api-version' },
  argumentNotAccepted: { code: 'unsupported', reason: 'api-version' },
}

/** HTTP statuses that Shopify gives a meaning of its own (shopify.dev, "Response status and error codes"). */
const STATUSES: Readonly<Record<string, Pick<Issue, 'code' | 'reason'>>> = {
  'HTTP 402': { code: 'remote-down', reason: 'shop-closed' },
  'HTTP 423': { code: 'remote-down', reason: 'shop-closed' },
  // One endpoint: a 404 is about the address of the shop.
  'HTTP 404': { code: 'remote-down', reason: 'no-api-here' },
}

const UNSAID_WAIT_MS = 2_000

export const adminApi: GraphqlApi = {
  path: `/admin/api/${shopifyManifest.api.version}/graphql.json`,
  timeoutMs: 30_000,
  codes: CODES,
  refine: (found, response) => ({ ...withWait(found, response), ...STATUSES[found.remoteCode ?? ''] }),
}

function withWait(found: Issue, response: HttpResponse): Issue {
  if (found.code !== 'rate-limited' || found.retryAfterMs !== undefined) return found
  return { ...found, retryAfterMs: waitAfter(response) ?? UNSAID_WAIT_MS }
}
