import type { Listing, ListingIssue } from '#core/listing/listing.ts'

/** A remote's rules for one kind of goods, as they are kept to hold without a line. */
export interface ListingRules {
  /** As listings name them, see `RemoteListing.ruleSets`. */
  ruleSet: string
  /** Written by the connector, and read by it alone. */
  rules: string
}

/** How a value breaks a rule. */
export const RULE_CODES = [
  'required',
  'too-short',
  'too-long',
  'too-few-bytes',
  'too-many-bytes',
  'too-small',
  'too-large',
  'wrong-step',
  'wrong-form',
  'not-among',
  'other-language',
  'too-many-values',
  'not-editable',
  'refused',
] as const
export type RuleCode = (typeof RULE_CODES)[number]

/** What a rule says of a value that is not sent yet. */
export interface RuleFinding extends Pick<ListingIssue, 'severity' | 'market'> {
  code: RuleCode
  /** The value's name, see `fieldName`. */
  field: string
  /** The remote's own name of it. */
  attribute: string
  /** What the rule allows, where it is a number: letters, bytes, an amount. */
  limit?: number | undefined
  /** What there is of it, where it can be counted. */
  count?: number | undefined
}

/**
 * What rules that are kept here say of these fields of a listing as it is here. Nothing where a rule is not known, and never what the remote
 * knows beyond its rules: it has the last word.
 */
export type CheckOffline = (
  kept: readonly ListingRules[],
  listing: Pick<Listing, 'contents' | 'offers'>,
  fields: readonly string[],
) => RuleFinding[]
