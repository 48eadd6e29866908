import { remoteListingSchema } from '#core/contracts/values.ts'
import type { RemoteListing, RemoteListingStatus } from '#core/listing/listing.ts'
import type { Result } from '#core/shared/result.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import { findingsOf, takesOut } from '#core/connectors/amazon/mapping/findings.ts'
import { offerOf } from '#core/connectors/amazon/mapping/offer.ts'
import { contentsOf, productTypeOf, type Placed } from '#core/connectors/amazon/mapping/texts.ts'
import { formatRuleSet } from '#core/connectors/amazon/rules/rule-set.ts'

/**
 * A SKU in all marketplaces it was found in, in the order of the settings, as one listing of ours. The result is held to the contract
 * here, so that one odd listing never fails its whole page.
 */
export function toRemoteListing(sku: string, places: readonly Placed[]): Result<RemoteListing, string> {
  const contents = contentsOf(places)
  const issues = findingsOf(places)
  const ruleSets = places.flatMap(ruleSetOf)
  const listing: RemoteListing = {
    remoteId: sku,
    ...statusOf(places),
    updatedAt: Math.max(0, ...places.flatMap(timesOf)),
    mainLocale: mainLocaleOf(places, contents),
    contents,
    offers: [offerOf(sku, places)],
    pictureUrl: places.map(pictureOf).find((url) => url !== '') ?? '',
    ...(issues.length === 0 ? {} : { issues }),
    ...(ruleSets.length === 0 ? {} : { ruleSets }),
  }
  return parseWith(remoteListingSchema, listing)
}

function ruleSetOf(place: Placed): string[] {
  const productType = productTypeOf(place)
  return productType === '' ? [] : [formatRuleSet({ marketplace: place.marketplace, productType })]
}

const timesOf = ({ wire }: Placed): number[] => wire.summaries.map(({ lastUpdatedDate }) => lastUpdatedDate)

/** On sale where it can be bought anywhere; taken out when Amazon did so and nowhere else sells it. */
function statusOf(places: readonly Placed[]): Pick<RemoteListing, 'status' | 'rawStatus'> {
  const all = places.map(statusIn)
  const has = (status: RemoteListingStatus): boolean => all.includes(status)
  const status =
    (['active', 'blocked', 'hidden', 'unknown', 'processing'] as const).find((each) => has(each)) ?? 'unknown'
  const words = places.map(({ marketplace, wire }) =>
    [marketplace.country, ...wire.summaries.flatMap((summary) => summary.status)].join(' '),
  )
  return { status, rawStatus: words.join('; ').slice(0, 200) }
}

function statusIn({ wire }: Placed): RemoteListingStatus {
  const [summary] = wire.summaries
  // Just submitted: Amazon has it and cannot find it yet.
  if (summary === undefined) return 'processing'
  if (wire.issues.some(takesOut)) return 'blocked'
  if (summary.status.includes('BUYABLE')) return 'active'
  return summary.status.every((word) => word === 'DISCOVERABLE') ? 'hidden' : 'unknown'
}

function mainLocaleOf(places: readonly Placed[], contents: RemoteListing['contents']): string {
  const own = places.map(({ marketplace }) => marketplace.locale)
  const titled = own.find((locale) => (contents[locale]?.title ?? '') !== '')
  return titled ?? Object.keys(contents).find((locale) => contents[locale]?.title !== '') ?? own[0] ?? 'en'
}

const AMAZON_PICTURE = /^(https:\/\/m\.media-amazon\.com\/images\/I\/[^./?#]+)\.(jpg|jpeg|png)$/i

/** Amazon cuts small pictures by a part of the name. */
function pictureOf({ wire }: Placed): string {
  const link = wire.summaries.map(({ mainImage }) => mainImage?.link ?? '').find((each) => each !== '') ?? ''
  if (!/^https:\/\/[^\s\\]+$/.test(link) || link.length > 1_900) return ''
  return link.replace(AMAZON_PICTURE, '$1._SL160_.$2')
}
