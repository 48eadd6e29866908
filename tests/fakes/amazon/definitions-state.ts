import { createHash } from 'node:crypto'

/** The schemas of product types, by type: JSON Schema 2019-09 with Amazon's own keywords, in the form that its guide shows. */
export interface FakeDefinitions {
  byType: Map<string, Record<string, unknown>>
  /** Where schemas are said to lie; the fake answers there without a token. */
  storageUrl: string
}

export function createDefinitions(): FakeDefinitions {
  return { byType: new Map([['DRINKING_CUP', makeSchema('DRINKING_CUP')]]), storageUrl: '' }
}

/** The text of a schema in one marketplace, as it lies in storage. */
export function schemaText(schema: Record<string, unknown>, marketplaceId: string): string {
  return JSON.stringify(schema).replaceAll('MARKETPLACE', marketplaceId)
}

export function checksumOf(text: string): string {
  return createHash('md5').update(text).digest('base64')
}

const LANGUAGES = ['de_DE', 'en_GB', 'fr_FR', 'pl_PL']

/** An attribute with a text for each language of a marketplace. */
function textAttribute(title: string, limits: Record<string, number>): Record<string, unknown> {
  return {
    ...{ title, description: `${title} of the product`, examples: [`${title} 1`], type: 'array' },
    ...{ minItems: 1, minUniqueItems: 1, maxUniqueItems: 1, selectors: ['marketplace_id', 'language_tag'] },
    items: {
      ...{ type: 'object', required: ['marketplace_id', 'language_tag', 'value'] },
      properties: {
        value: { title, editable: true, hidden: false, type: 'string', minLength: 0, ...limits },
        language_tag: { $ref: '#/$defs/language_tag' },
        marketplace_id: { $ref: '#/$defs/marketplace_id' },
      },
      additionalProperties: false,
    },
  }
}

const amount = { title: 'Price', type: 'number', minimum: 0.01, maximum: 50_000, editable: true }
const schedule = {
  ...{ type: 'array', minItems: 1, maxUniqueItems: 1 },
  items: { type: 'object', required: ['value_with_tax'], properties: { value_with_tax: amount } },
}

function makeSchema(productType: string): Record<string, unknown> {
  const base = 'https://schemas.amazon.com/selling-partners/definitions/product-types'
  return {
    ...{ $schema: `${base}/meta-schema/v1`, $id: `${base}/schema/v1/${productType}` },
    $comment: `Amazon product type definition schema for ${productType} product type`,
    $defs: {
      marketplace_id: { type: 'string', enum: ['MARKETPLACE'], default: 'MARKETPLACE', hidden: true },
      language_tag: { type: 'string', enum: LANGUAGES, enumNames: LANGUAGES, editable: false, hidden: true },
      currency: { anyOf: [{ type: 'string' }, { type: 'string', enum: ['EUR', 'GBP'] }] },
      unused: { type: 'string' },
    },
    type: 'object',
    required: ['brand', 'item_name', 'product_description'],
    properties: {
      brand: textAttribute('Brand', { maxLength: 100 }),
      item_name: textAttribute('Item Name', { maxLength: 200, maxUtf8ByteLength: 220 }),
      product_description: textAttribute('Product Description', { maxLength: 2_000 }),
      purchasable_offer: {
        ...{ title: 'Offer', type: 'array', selectors: ['marketplace_id', 'currency', 'audience'] },
        items: {
          ...{ type: 'object', required: ['currency', 'our_price', 'quantity_discount_plan'] },
          properties: {
            currency: { $ref: '#/$defs/currency' },
            our_price: { type: 'array', items: { type: 'object', properties: { schedule } } },
          },
        },
      },
      fulfillment_availability: {
        ...{ title: 'Availability', type: 'array', selectors: ['fulfillment_channel_code'] },
        items: {
          type: 'object',
          properties: { quantity: { title: 'Quantity', type: 'integer', minimum: 0, maximum: 9_999 } },
        },
      },
    },
    allOf: [{ if: { required: ['brand'] }, then: { required: ['manufacturer'] } }],
  }
}
