import type { HttpResponse } from '#core/connectors/_kit/operation.ts'

/** Amazon says the rate of the seller's own plan with most answers, but not with a 429. */
export function rateOf(response: HttpResponse): number | null {
  if (response.kind === 'failure') return null
  const said = Number(response.headers['x-amzn-ratelimit-limit'] ?? '')
  return Number.isFinite(said) && said > 0 ? said : null
}
