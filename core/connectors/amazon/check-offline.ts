import { toDecimalString } from '#core/money/money.ts'
import { parseFieldName, type ListingField } from '#core/listing/fields.ts'
import type { Listing } from '#core/listing/listing.ts'
import type { CheckOffline, ListingRules, RuleFinding } from '#core/listing/rules.ts'
import { parseJson } from '#core/connectors/_kit/parse-json.ts'
import type { AttributeElement } from '#core/connectors/amazon/listing-wire.ts'
import { OWN_CHANNEL, PRICES, STOCK } from '#core/connectors/amazon/mapping/offer.ts'
import { languageTagOf, TEXT_ATTRIBUTES, type TextPart } from '#core/connectors/amazon/mapping/texts.ts'
import type { Marketplace } from '#core/connectors/amazon/marketplaces.ts'
import {
  holdValue,
  isForeign,
  type Breach,
  type PlacedValue,
} from '#core/connectors/amazon/rules/hold-value.ts'
import { readNode, type SchemaNode } from '#core/connectors/amazon/rules/reduce-schema.ts'
import { parseRuleSet } from '#core/connectors/amazon/rules/rule-set.ts'

interface Rules {
  marketplace: Marketplace
  schema: SchemaNode
}

type Checked = Pick<Listing, 'contents' | 'offers'>

/** Holds values to the schemas of their product types. Conditions on attributes that are not edited here stay with Amazon. */
export const checkOffline: CheckOffline = (kept, listing, fields) => {
  const rules = kept.flatMap(readRules)
  if (rules.length === 0) return []
  return fields.flatMap((name) => {
    const field = parseFieldName(name)
    return field === null ? [] : checkField(rules, listing, name, field)
  })
}

function readRules({ ruleSet, rules }: ListingRules): Rules[] {
  const of = parseRuleSet(ruleSet)
  const schema = readNode(parseJson(rules))
  return of === null || schema === null ? [] : [{ marketplace: of.marketplace, schema }]
}

function checkField(
  rules: readonly Rules[],
  listing: Checked,
  name: string,
  field: ListingField,
): RuleFinding[] {
  if (field.kind === 'content') return checkText(rules, listing, name, field)
  const offer = listing.offers.find(({ remoteId }) => remoteId === field.offerRemoteId)
  const [first] = rules
  if (field.kind === 'stock') {
    if (first === undefined || typeof offer?.stock !== 'number') return []
    const element = { fulfillment_channel_code: OWN_CHANNEL, quantity: offer.stock }
    return find(first, name, { attribute: STOCK, elements: [element], path: ['quantity'] })
  }
  const { market, currency } = field
  const own = rules.find(({ marketplace }) => marketplace.country === market)
  const price = offer?.prices.find((each) => each.currency === currency && each.market === market)
  if (own === undefined || price === undefined) return []
  const our_price = [{ schedule: [{ value_with_tax: Number(toDecimalString(price)) }] }]
  const element = { marketplace_id: own.marketplace.id, currency, audience: 'ALL', our_price }
  const path = ['our_price', '0', 'schedule', '0', 'value_with_tax']
  return find(own, name, { attribute: PRICES, elements: [element], path })
}

function checkText(
  rules: readonly Rules[],
  { contents }: Checked,
  name: string,
  { locale, part }: { locale: string; part: TextPart },
): RuleFinding[] {
  const own = ownerOf(rules, locale, part)
  if (own === null) return []
  const attribute = TEXT_ATTRIBUTES[part]
  const value = contents[locale]?.[part] ?? ''
  if (value === '') {
    const needed = asList(own.schema['required']).includes(attribute) && own.marketplace.locale === locale
    return needed ? [toFinding(own, name, attribute, { code: 'required', severity: 'error' })] : []
  }
  const others = Object.keys(contents).filter(
    (each) => each !== locale && (contents[each]?.[part] ?? '') !== '' && ownerOf(rules, each, part) === own,
  )
  const elements = [locale, ...others].map((each) => makeText(own, each, contents[each]?.[part] ?? ''))
  const placed = { attribute, elements, path: ['value'] }
  const found = find(own, name, placed)
  if (!isForeign(own.schema, placed, 'language_tag')) return found
  return [toFinding(own, name, attribute, { code: 'other-language', severity: 'error' }), ...found]
}

/** The marketplace whose own language it is, else the first that takes it, else the first: it will say that it does not. */
function ownerOf(rules: readonly Rules[], locale: string, part: TextPart): Rules | null {
  const takes = (each: Rules): boolean => {
    const elements = [makeText(each, locale, '-')]
    return !isForeign(each.schema, { attribute: TEXT_ATTRIBUTES[part], elements, path: [] }, 'language_tag')
  }
  return (
    rules.find(({ marketplace }) => marketplace.locale === locale) ?? rules.find(takes) ?? rules[0] ?? null
  )
}

function makeText({ marketplace }: Rules, locale: string, value: string): AttributeElement {
  return { value, language_tag: languageTagOf(locale), marketplace_id: marketplace.id }
}

function find(own: Rules, field: string, placed: PlacedValue): RuleFinding[] {
  return holdValue(own.schema, placed).map((breach) => toFinding(own, field, placed.attribute, breach))
}

function toFinding({ marketplace }: Rules, field: string, attribute: string, breach: Breach): RuleFinding {
  return { ...breach, field, attribute, market: marketplace.country }
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
