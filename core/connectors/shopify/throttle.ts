import type { HttpResponse } from '#core/connectors/_kit/operation.ts'

/**
 * Shopify's bucket holds points: a query costs its points, `restoreRate` of them come back each second
 * (shopify.dev, "GraphQL Admin API rate limits"). It stands in `extensions.cost` of every answer, also beside status 200.
 */
interface Cost {
  requested: number
  available: number
  restoreRate: number
}

const REQUESTED = /"requestedQueryCost":\s*(\d+(?:\.\d+)?)/
const AVAILABLE = /"currentlyAvailable":\s*(\d+(?:\.\d+)?)/
const RESTORE = /"restoreRate":\s*(\d+(?:\.\d+)?)/
/** `extensions` comes after `data`; a whole page is not read a second time for it. */
const TAIL = 2_000

/** A shop never needs longer to fill its bucket: 2,000 points at 50 a second (the smallest rate there was). */
const LONGEST_WAIT_MS = 40_000

/** How long until the same query can be paid again, ms; null when the answer says nothing of costs. */
export function waitAfter(response: HttpResponse): number | null {
  const cost = response.kind === 'answer' ? readCost(response.text) : null
  if (cost === null) return null
  const lacking = Math.max(0, cost.requested - cost.available)
  return Math.min(LONGEST_WAIT_MS, Math.ceil((lacking / cost.restoreRate) * 1000))
}

function readCost(text: string): Cost | null {
  // A text of the shop cannot look like this: its quotes are escaped.
  const tail = text.length > 2 * TAIL ? text.slice(0, TAIL) + text.slice(-TAIL) : text
  const [requested, available, restoreRate] = [REQUESTED, AVAILABLE, RESTORE].map((pattern) =>
    Number(pattern.exec(tail)?.[1] ?? NaN),
  )
  if (requested === undefined || available === undefined || restoreRate === undefined) return null
  const known = Number.isFinite(requested) && Number.isFinite(available) && restoreRate > 0
  return known ? { requested, available, restoreRate } : null
}
