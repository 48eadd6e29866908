import { describe, expect, it } from 'vitest'
import { checkOffline } from '#core/connectors/amazon/check-offline.ts'
import { reduceSchema } from '#core/connectors/amazon/rules/reduce-schema.ts'
import type { Listing } from '#core/listing/listing.ts'

const text = (value: object, more: object = {}) => ({
  ...{
    title: 'Name',
    type: 'array',
    selectors: ['marketplace_id', 'language_tag'],
    maxUniqueItems: 1,
    ...more,
  },
  items: {
    ...{ type: 'object', required: ['value', 'nobody_knows'] },
    properties: { value: { type: 'string', ...value }, language_tag: { $ref: '#/$defs/language_tag' } },
  },
})
const amount = { type: 'number', minimum: 0.5, maximum: 100, multipleOf: 0.01 }
const schema = {
  $id: 'https://schemas.amazon.com/product-types/CUP',
  required: ['brand', 'item_name'],
  properties: {
    item_name: text({ maxLength: 10, maxUtf8ByteLength: 12, pattern: '^[^<]*$' }),
    product_description: text({ $ref: '#/$defs/long' }),
    purchasable_offer: {
      type: 'array',
      items: {
        properties: {
          our_price: {
            items: { properties: { schedule: { items: { properties: { value_with_tax: amount } } } } },
          },
        },
      },
    },
    fulfillment_availability: { items: { properties: { quantity: { type: 'integer', maximum: 99 } } } },
    brand: text({ enum: ['Lantern'] }),
  },
  $defs: {
    language_tag: { enum: ['de_DE', 'en_GB'], enumNames: ['Deutsch', 'English'] },
    long: { allOf: [{ $ref: '#/$defs/longest' }] },
    longest: { maxLength: 20, minUtf8ByteLength: 3, editable: false },
    unused: { type: 'string' },
  },
  allOf: [{ if: true, then: { required: ['manufacturer'] } }],
}
const DE = { ruleSet: 'DE:CUP', rules: reduceSchema(schema)! }
const GB = { ruleSet: 'GB:CUP', rules: reduceSchema(schema)! }

type Texts = Record<string, { title?: string; description?: string }>

function check(texts: Texts, field: string, kept = [DE, GB], offer: Partial<Listing['offers'][0]> = {}) {
  const contents = Object.fromEntries(
    Object.entries(texts).map(([locale, each]) => [locale, { title: '', description: '', ...each }]),
  )
  const offers = [{ remoteId: 'A', sku: 'A', option: '', prices: [], stock: null, ...offer }]
  return checkOffline(kept, { contents, offers }, [field])
}

describe('what of a schema is kept', () => {
  it('is about what is edited here, with the definitions that it needs, and without words', () => {
    const kept = JSON.parse(DE.rules) as { required: string[]; properties: object; $defs: object }
    expect(kept.required).toEqual(['item_name'])
    expect(Object.keys(kept.properties).sort()).toEqual(
      ['fulfillment_availability', 'item_name', 'product_description', 'purchasable_offer'].sort(),
    )
    expect(Object.keys(kept.$defs).sort()).toEqual(['language_tag', 'long', 'longest'])
    expect(DE.rules).not.toMatch(/Deutsch|Name|manufacturer/)
  })

  it.each([null, 7, [], { properties: [] }])('is nothing of %o', (odd) => {
    expect(reduceSchema(odd)).toBeNull()
  })
})

describe('texts', () => {
  const title = 'contents.de-DE.title'

  it('keep the rules', () => {
    expect(check({ 'de-DE': { title: 'Becher' } }, title)).toEqual([])
  })

  it('are too long in letters, and in bytes', () => {
    const about = { field: title, attribute: 'item_name', severity: 'error', market: 'DE' }
    expect(check({ 'de-DE': { title: 'x'.repeat(11) } }, title)).toEqual([
      { ...about, code: 'too-long', limit: 10, count: 11 },
    ])
    expect(check({ 'de-DE': { title: '杯'.repeat(5) } }, title)).toEqual([
      { ...about, code: 'too-many-bytes', limit: 12, count: 15 },
    ])
    // A letter beyond the first plane is one letter and four bytes.
    expect(check({ 'de-DE': { title: '🫖🫖🫖🫖' } }, title)).toMatchObject([
      { code: 'too-many-bytes', count: 16 },
    ])
  })

  it('have the wrong form, or are missing where they are required', () => {
    expect(check({ 'de-DE': { title: 'A <b>' } }, title)).toMatchObject([{ code: 'wrong-form' }])
    expect(check({ 'de-DE': { title: '' } }, title)).toMatchObject([{ code: 'required', market: 'DE' }])
    expect(check({ 'de-DE': {} }, 'contents.de-DE.description')).toEqual([])
  })

  it('are found broken through references', () => {
    const found = check({ 'de-DE': { description: 'äb' } }, 'contents.de-DE.description')
    expect(found).toMatchObject([{ code: 'not-editable', severity: 'warning' }])
    const long = check({ 'de-DE': { description: 'x'.repeat(21) } }, 'contents.de-DE.description')
    expect(long).toMatchObject([{ code: 'too-long', limit: 20, count: 21 }, { code: 'not-editable' }])
    const short = check({ 'de-DE': { description: 'x' } }, 'contents.de-DE.description')
    expect(short).toMatchObject([{ code: 'too-few-bytes', limit: 3, count: 1 }, { code: 'not-editable' }])
  })

  it('belong to the marketplace of their language, and to none that does not take it', () => {
    const found = check({ 'en-GB': { title: 'x'.repeat(11) } }, 'contents.en-GB.title')
    expect(found).toMatchObject([{ code: 'too-long', market: 'GB' }])
    expect(check({ 'pl-PL': { title: 'Kubek' } }, 'contents.pl-PL.title')).toMatchObject([
      { code: 'other-language', market: 'DE' },
    ])
  })

  it('are one in all languages where the language does not set them apart', () => {
    const one = { ...schema, properties: { item_name: text({}, { selectors: ['marketplace_id'] }) } }
    const kept = [{ ...DE, rules: reduceSchema(one)! }]
    const both = { 'de-DE': { title: 'Becher' }, 'en-GB': { title: 'Mug' } }
    expect(check(both, 'contents.en-GB.title', kept)).toMatchObject([
      { code: 'too-many-values', limit: 1, count: 2 },
    ])
    expect(check({ 'de-DE': both['de-DE'] }, title, kept)).toEqual([])
  })

  it('with one of several rules are refused as a whole', () => {
    const either = text({ anyOf: [{ maxLength: 2 }, { const: 'Becher' }] })
    const kept = [{ ...DE, rules: reduceSchema({ ...schema, properties: { item_name: either } })! }]
    expect(check({ 'de-DE': { title: 'Tasse' } }, title, kept)).toMatchObject([{ code: 'refused' }])
    expect(check({ 'de-DE': { title: 'Becher' } }, title, kept)).toEqual([])
  })
})

describe('prices and pieces', () => {
  const price = 'offers.A.prices.EUR@DE'
  const costs = (minor: number) => ({ prices: [{ minor, currency: 'EUR', market: 'DE' }] })

  it.each([
    [2149, []],
    [49, [{ code: 'too-small', limit: 0.5 }]],
    [10_001, [{ code: 'too-large', limit: 100 }]],
  ])('holds %i cents', (minor, found) => {
    expect(check({}, price, [DE, GB], costs(minor))).toMatchObject(found)
  })

  it('says nothing of a market whose rules are not known', () => {
    expect(check({}, price, [GB], costs(1))).toEqual([])
    expect(check({}, 'offers.A.prices.EUR', [DE], costs(1))).toEqual([])
    expect(check({}, 'offers.B.stock', [DE])).toEqual([])
  })

  it('holds pieces', () => {
    expect(check({}, 'offers.A.stock', [DE], { stock: 100 })).toMatchObject([
      { code: 'too-large', limit: 99 },
    ])
    expect(check({}, 'offers.A.stock', [DE], { stock: 99 })).toEqual([])
  })
})

describe('rules that cannot be read', () => {
  it.each(['', '{', '[]', '{"properties":{"item_name":{"items":{"properties":{"value":{"pattern":"("}}}}}}'])(
    'say nothing: %s',
    (rules) => {
      expect(check({ 'de-DE': { title: 'Becher' } }, 'contents.de-DE.title', [{ ...DE, rules }])).toEqual([])
    },
  )

  it('say nothing where definitions go in a circle', () => {
    const circle = { properties: { item_name: { $ref: '#/$defs/a' } }, $defs: { a: { $ref: '#/$defs/a' } } }
    const kept = [{ ...DE, rules: reduceSchema(circle)! }]
    expect(check({ 'de-DE': { title: 'Becher' } }, 'contents.de-DE.title', kept)).toEqual([])
  })
})
