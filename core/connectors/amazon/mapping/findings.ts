import { MOST_LISTING_ISSUES } from '#core/contracts/values.ts'
import type { ListingIssue } from '#core/listing/listing.ts'
import { sameJson } from '#core/shared/same-json.ts'
import type { IssueWire } from '#core/connectors/amazon/listing-wire.ts'
import type { Marketplace } from '#core/connectors/amazon/marketplaces.ts'
import { TEXT_ATTRIBUTES, type Placed } from '#core/connectors/amazon/mapping/texts.ts'

const PARTS = ['title', 'description'] as const

const SEVERITIES: Readonly<Record<string, ListingIssue['severity']>> = {
  ERROR: 'error',
  WARNING: 'warning',
  INFO: 'info',
}

/** What Amazon does about a finding that takes the listing away from buyers. */
const TAKEN_OUT: ReadonlySet<string> = new Set([
  'LISTING_SUPPRESSED',
  'SEARCH_SUPPRESSED',
  'CATALOG_ITEM_REMOVED',
])

/** Every finding of all marketplaces, each once. */
export function findingsOf(places: readonly Placed[]): ListingIssue[] {
  const all = places.flatMap(({ marketplace, wire }) =>
    wire.issues.map((wireIssue) => toFinding(wireIssue, marketplace)),
  )
  return all
    .filter((each, at) => all.findIndex((other) => sameJson(other, each)) === at)
    .slice(0, MOST_LISTING_ISSUES)
}

/** Amazon says no language: a finding about a text is about the one it was asked of, else the marketplace's own. */
export function toFinding(
  { code, message, severity, attributeNames }: IssueWire,
  { country, locale }: Marketplace,
  asked: readonly string[] = [locale],
): ListingIssue {
  const parts = PARTS.filter((part) => attributeNames.includes(TEXT_ATTRIBUTES[part]))
  return {
    code: code.slice(0, 200),
    severity: Object.hasOwn(SEVERITIES, severity) ? (SEVERITIES[severity] ?? 'info') : 'info',
    message: message.slice(0, 2000),
    fields: attributeNames.slice(0, 100).map((name) => name.slice(0, 200)),
    ...(parts.length > 0 && asked.length === 1 ? { locale: asked[0] } : {}),
    ...(parts.length === 1 ? { part: parts[0] } : {}),
    market: country,
  }
}

/** Amazon took it out of the marketplace because of this, and did not excuse it. */
export function takesOut({ enforcements }: IssueWire): boolean {
  if (enforcements === null || enforcements.exemption?.status === 'EXEMPT') return false
  return enforcements.actions.some(({ action }) => TAKEN_OUT.has(action))
}
