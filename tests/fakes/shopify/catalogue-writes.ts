import { getDirectiveValues, type GraphQLResolveInfo } from 'graphql'
import { exponentOf } from '#core/money/currencies.ts'
import { showPrice, showProduct, showVariant } from './catalogue-resolvers.ts'
import {
  digestOf,
  findVariantById,
  TEXT_KEYS,
  textOf,
  translate,
  type FakeProduct,
  type TextKey,
} from './catalogue-state.ts'
import { touchProduct } from './make-products.ts'
import type { FakeShop } from './shop-state.ts'

/** What an app may write of the catalogue, with the refusals of the business that Shopify has for it. */

interface Refusal {
  field: string[] | null
  message: string
  code?: string
}

const refuse = (message: string, field: string[] | null, code?: string): Refusal[] => [
  { field, message, ...(code === undefined ? {} : { code }) },
]

export function catalogueWrites(shop: FakeShop): Record<string, unknown> {
  return {
    productUpdate: ({ product }: { product: ProductInput }) => updateProduct(shop, product),
    translationsRegister: (args: RegisterArgs) => registerTranslations(shop, args),
    translationsRemove: (args: RemoveArgs) => removeTranslations(shop, args),
    productVariantsBulkUpdate: (args: VariantsArgs) => updateVariants(shop, args),
    priceListFixedPricesAdd: (args: FixedPricesArgs) => fixPrices(shop, args),
    inventorySetQuantities: ({ input }: { input: QuantitiesInput }, _: unknown, info: GraphQLResolveInfo) =>
      once(shop, keyOf(info), input, () => setQuantities(shop, input)),
  }
}

interface ProductInput {
  id: string
  title?: string
  descriptionHtml?: string
}

function updateProduct(shop: FakeShop, { id, title, descriptionHtml }: ProductInput) {
  const product = shop.catalogue.products.get(id)
  if (product === undefined) return { product: null, userErrors: refuse('Product does not exist', ['id']) }
  if (title?.trim() === '') return { product: null, userErrors: refuse("Title can't be blank", ['title']) }
  product.title = title ?? product.title
  product.descriptionHtml = descriptionHtml ?? product.descriptionHtml
  touchProduct(shop, product)
  return { product: showProduct(product), userErrors: [] }
}

interface RegisterArgs {
  resourceId: string
  translations: { locale: string; key: string; value: string; translatableContentDigest: string }[]
}

function registerTranslations(shop: FakeShop, { resourceId, translations }: RegisterArgs) {
  const product = shop.catalogue.products.get(resourceId)
  if (product === undefined)
    return {
      translations: null,
      userErrors: refuse('Resource not found', ['resourceId'], 'RESOURCE_NOT_FOUND'),
    }
  for (const [at, translation] of translations.entries()) {
    const refused = refuseTranslation(shop, product, translation, ['translations', String(at)])
    if (refused !== null) return { translations: null, userErrors: refused }
  }
  for (const { locale, key, value } of translations) translate(product, locale, key as TextKey, value)
  return {
    translations: translations.map(({ locale, key, value }) => ({ locale, key, value })),
    userErrors: [],
  }
}

function refuseTranslation(
  shop: FakeShop,
  product: FakeProduct,
  { locale, key, value, translatableContentDigest }: RegisterArgs['translations'][number],
  path: string[],
): Refusal[] | null {
  const [own, ...others] = shop.catalogue.locales
  if (locale === own?.locale || !others.some((each) => each.locale === locale))
    return refuse('Locale is not a valid locale for the shop', [...path, 'locale'], 'INVALID_LOCALE_FOR_SHOP')
  if (!TEXT_KEYS.some((each) => each === key))
    return refuse('Key is not a valid translatable field', [...path, 'key'], 'INVALID_KEY_FOR_MODEL')
  if (value === '') return refuse("Value can't be blank", [...path, 'value'], 'BLANK')
  if (translatableContentDigest !== digestOf(textOf(product, key as TextKey)))
    return refuse('Translatable content hash is invalid', path, 'INVALID_TRANSLATABLE_CONTENT')
  return null
}

interface RemoveArgs {
  resourceId: string
  locales: string[]
  translationKeys: string[]
}

function removeTranslations(shop: FakeShop, { resourceId, locales, translationKeys }: RemoveArgs) {
  const product = shop.catalogue.products.get(resourceId)
  if (product === undefined)
    return {
      translations: null,
      userErrors: refuse('Resource not found', ['resourceId'], 'RESOURCE_NOT_FOUND'),
    }
  for (const locale of locales)
    for (const key of translationKeys) product.translations.get(locale)?.delete(key)
  return { translations: [], userErrors: [] }
}

interface VariantsArgs {
  productId: string
  variants: { id: string; price: string }[]
}

function updateVariants(shop: FakeShop, { productId, variants }: VariantsArgs) {
  const product = shop.catalogue.products.get(productId)
  if (product === undefined)
    return {
      ...{ product: null, productVariants: null },
      userErrors: refuse('Product does not exist', ['productId'], 'PRODUCT_DOES_NOT_EXIST'),
    }
  for (const [at, { id, price }] of variants.entries()) {
    const variant = product.variants.find((each) => each.id === id)
    const field = ['variants', String(at), variant === undefined ? 'id' : 'price']
    if (variant === undefined)
      return {
        ...{ product: null, productVariants: null },
        userErrors: refuse('Product variant does not exist', field, 'PRODUCT_VARIANT_DOES_NOT_EXIST'),
      }
    if (Number(price) < 0)
      return {
        ...{ product: null, productVariants: null },
        userErrors: refuse('Price must be greater than or equal to 0', field, 'GREATER_THAN_OR_EQUAL_TO'),
      }
    variant.price = Number(price).toFixed(exponentOf(shop.catalogue.currency))
  }
  touchProduct(shop, product)
  return { product: showProduct(product), productVariants: product.variants.map(showVariant), userErrors: [] }
}

interface FixedPricesArgs {
  priceListId: string
  prices: { variantId: string; price: { amount: string; currencyCode: string } }[]
}

function fixPrices(shop: FakeShop, { priceListId, prices }: FixedPricesArgs) {
  const market = shop.catalogue.markets.find((each) => each.priceListId === priceListId)
  if (market === undefined)
    return {
      prices: null,
      userErrors: refuse('Price list not found', ['priceListId'], 'PRICE_LIST_NOT_FOUND'),
    }
  const shown = []
  for (const [at, { variantId, price }] of prices.entries()) {
    const field = ['prices', String(at), 'price', 'currencyCode']
    if (price.currencyCode !== market.currency)
      return {
        prices: null,
        userErrors: refuse(
          "The specified currency doesn't match the price list's currency.",
          field,
          'PRICE_LIST_CURRENCY_MISMATCH',
        ),
      }
    const found = findVariantById(shop.catalogue, variantId)
    if (found === null)
      return {
        prices: null,
        userErrors: refuse('Variant not found', ['prices', String(at)], 'VARIANT_NOT_FOUND'),
      }
    market.fixed.set(variantId, Number(price.amount).toFixed(exponentOf(market.currency)))
    shown.push(showPrice(market, found.variant))
  }
  return { prices: shown, userErrors: [] }
}

interface QuantitiesInput {
  name: string
  reason: string
  quantities: {
    inventoryItemId: string
    locationId: string
    quantity: number
    changeFromQuantity?: number | null
  }[]
}

function setQuantities(shop: FakeShop, { name, reason, quantities }: QuantitiesInput) {
  const fail = (userErrors: Refusal[]) => ({ inventoryAdjustmentGroup: null, userErrors })
  if (name !== 'available') return fail(refuse('Name is invalid', ['input', 'name'], 'INVALID_NAME'))
  for (const [at, { inventoryItemId, locationId, changeFromQuantity }] of quantities.entries()) {
    const field = ['input', 'quantities', String(at)]
    const level = findVariantById(shop.catalogue, inventoryItemId)?.variant.levels.get(locationId)
    if (level === undefined)
      return fail(refuse('Not stocked there', [...field, 'locationId'], 'ITEM_NOT_STOCKED_AT_LOCATION'))
    if (changeFromQuantity !== null && changeFromQuantity !== undefined && changeFromQuantity !== level)
      return fail(
        refuse(
          'The changeFromQuantity value does not match persisted value.',
          [...field, 'changeFromQuantity'],
          'CHANGE_FROM_QUANTITY_STALE',
        ),
      )
  }
  for (const { inventoryItemId, locationId, quantity } of quantities) {
    const found = findVariantById(shop.catalogue, inventoryItemId)
    if (found === null) continue
    found.variant.levels.set(locationId, quantity)
    touchProduct(shop, found.product)
  }
  return {
    inventoryAdjustmentGroup: { id: `gid://shopify/InventoryAdjustmentGroup/${shop.nextId()}`, reason },
    userErrors: [],
  }
}

/** The key of `@idempotent`, without which Shopify takes no such change since 2026-04. */
function keyOf({ schema, fieldNodes, variableValues }: GraphQLResolveInfo): string {
  const [field] = fieldNodes
  const directive = schema.getDirective('idempotent')
  const key =
    field === undefined || directive === null || directive === undefined
      ? undefined
      : getDirectiveValues(directive, field, variableValues)?.['key']
  if (typeof key !== 'string' || key.trim() === '')
    throw new Error('The @idempotent directive is required for this mutation but was not provided.')
  return key
}

type Answered = { userErrors: Refusal[] }

/** A key that was used gives the answer it gave, and changes nothing a second time. */
function once<T extends Answered>(shop: FakeShop, key: string, input: unknown, work: () => T): T | Answered {
  const asked = JSON.stringify(input)
  const before = shop.catalogue.answered.get(key)
  const fail = (code: string) => ({
    inventoryAdjustmentGroup: null,
    userErrors: refuse(code, null, code),
  })
  if (before !== undefined && before.asked !== asked) return fail('IDEMPOTENCY_KEY_PARAMETER_MISMATCH')
  if (before?.failed === true) return fail('IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED')
  if (before !== undefined) return before.answer as T
  const answer = work()
  shop.catalogue.answered.set(key, { asked, failed: answer.userErrors.length > 0, answer })
  return answer
}
