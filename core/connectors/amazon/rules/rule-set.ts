import { findMarketplace, type Marketplace } from '#core/connectors/amazon/marketplaces.ts'

/** Rules hold for a product type in a marketplace. */
export interface RuleSet {
  marketplace: Marketplace
  productType: string
}

/** `DE:DRINKING_CUP`. */
export function formatRuleSet({ marketplace, productType }: RuleSet): string {
  return `${marketplace.country}:${productType}`
}

/** Null for what is no name of rules. */
export function parseRuleSet(name: string): RuleSet | null {
  const [, country = '', productType = ''] = /^([A-Z]{2}):([A-Z0-9_]{1,100})$/.exec(name) ?? []
  const marketplace = findMarketplace(country)
  return marketplace === null ? null : { marketplace, productType }
}
