import type { Amount, Duty, Levy, Tax, Travel } from '#core/customs/rules/charges.ts'
import type { SafePattern } from '#core/customs/rules/safe-pattern.ts'

/** What destinations ask and charge, as dated data. Amounts are decimal text in units of their currency; days are ISO days, inclusive. */

export const CONFIDENCES = ['high', 'medium', 'low'] as const
export type Confidence = (typeof CONFIDENCES)[number]

/** Words of a rule file, in the languages of the screen. */
export interface LocalText {
  en: string
  'zh-CN': string
}

/**
 * Which goods a value decides about. `per` item: the price of one piece; consignment: all goods of the parcel. `of` cif adds freight;
 * goods (intrinsic), fob and customs are the goods without it.
 */
export const VALUE_BASES = ['goods', 'fob', 'customs', 'cif'] as const
export interface ValueBand {
  per: 'item' | 'consignment'
  of: (typeof VALUE_BASES)[number]
  currency: string
  over?: Edge | undefined
  upTo?: Edge | undefined
}
/** An end of a band; `inclusive`: an amount of exactly this much belongs to it. */
export interface Edge {
  amount: string
  inclusive: boolean
}

/** All that is given has to be so. */
export interface Condition {
  value?: ValueBand | undefined
  /** Countries the parcel may be sent from. */
  sentFrom?: readonly string[] | undefined
  travels?: readonly Travel[] | undefined
  /** A scheme of the tax office that the parcel goes under, e.g. VOEC. */
  scheme?: string | undefined
  /** Beginnings of the postcode. */
  postcodes?: readonly string[] | undefined
}

/** A number that a tax office gave the seller or the marketplace. */
export interface Scheme {
  name: string
  numberPattern: SafePattern | null
  /** The number may not be used for goods outside of this rule. */
  onlyWithin: boolean
}

/** What has to be told of every line of goods: a number of the maker's or a GTIN, and who answers for it in the destination. */
export const GOODS_ASKED = ['product-id', 'responsible'] as const
export type GoodsAsked = (typeof GOODS_ASKED)[number]

export interface ConsigneeIdNeed {
  type: string
  need: 'required' | 'expected'
  pattern: SafePattern | null
}

/**
 * clearance: what is charged, one applies. levy: added to it. papers: what has to be known, and what is good to know; all that match.
 */
export const RULE_ROLES = ['clearance', 'levy', 'papers'] as const
export type RuleRole = (typeof RULE_ROLES)[number]

/** One row, for one country. */
export interface DestinationRule {
  id: string
  role: RuleRole
  /** Rows of a country in one series take one another's place: at most one may match. */
  series: string
  /** As written: a country, or EU27 for its members. */
  where: string
  /** ISO 3166-1 alpha-2. */
  country: string
  title: LocalText
  from: string
  until: string | null
  /** What was true up to that day may have ended since; null: nothing suggests it. */
  knownUntil: string | null
  confidence: Confidence
  checkedAt: string
  staleAfterDays: number
  sources: readonly string[]
  when: Condition
  /** Not where all of this is so; null: everywhere. */
  unless: Condition | null
  /** In which the charges are reckoned and shown. */
  currency: string
  /** Null on rows of another role. */
  duty: Duty | null
  tax: Tax | null
  levies: readonly Levy[]
  /** What carriers ask for clearing it. */
  handling: Amount | null
  scheme: Scheme | null
  hsDigits: number | null
  consigneeId: ConsigneeIdNeed | null
  postal: 'open' | 'duty-prepaid-only'
  asks: readonly GoodsAsked[]
  note: LocalText | null
  /** What sources disagree about. */
  doubt: LocalText | null
}

export interface RuleSource {
  title: string
  /** `https:` address; '' where there is none to open. */
  url: string
  dated: string
}

/** A rule file as read. */
export interface RuleSet {
  /** ISO day of the edition. */
  edition: string
  rules: readonly DestinationRule[]
  sources: Readonly<Record<string, RuleSource>>
}
