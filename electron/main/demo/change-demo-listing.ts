import { GraphQLError } from 'graphql'
import {
  findVariant,
  toSlug,
  type DemoListing,
  type DemoTranslation,
  type DemoVariant,
  type FoundVariant,
} from '#main/demo/demo-listings.ts'
import type { DemoShopState, DemoShopWorld } from '#main/demo/demo-shop-state.ts'
import { badInput, notFound } from '#main/demo/refuse-demo-request.ts'

/** Writing to listings as a Vendure 3.7.3 takes it (tried there). Every accepted write moves `updatedAt`, also one that changes nothing. */

export const STOCK_LOCATION = '1'

interface TranslationInput {
  languageCode: string
  name?: string | null
  slug?: string | null
  description?: string | null
}
export interface ProductInput {
  id: string
  enabled?: boolean | null
  translations?: TranslationInput[] | null
}
export interface VariantInput {
  id: string
  enabled?: boolean | null
  sku?: string | null
  translations?: { languageCode: string; name?: string | null }[] | null
  price?: number | null
  prices?: { currencyCode: string; price: number; delete?: boolean | null }[] | null
  stockOnHand?: number | null
  stockLevels?: { stockLocationId: string; stockOnHand: number }[] | null
  trackInventory?: DemoVariant['trackInventory'] | null
}

export function updateListing({ state, now, onChange }: DemoShopWorld, input: ProductInput): DemoListing {
  const listing = state.listings.find(({ id, deleted }) => id === input.id && !deleted)
  if (listing === undefined) throw notFound('Product', input.id)
  // On a copy, so that a refusal in the middle changes nothing.
  const translations = structuredClone(listing.translations)
  for (const given of input.translations ?? []) writeTranslation(state, listing, translations, given, now())
  listing.translations = translations
  listing.enabled = input.enabled ?? listing.enabled
  listing.updatedAt = now()
  onChange()
  return listing
}

function writeTranslation(
  state: DemoShopState,
  listing: DemoListing,
  translations: DemoTranslation[],
  given: TranslationInput,
  at: number,
): void {
  for (const part of ['name', 'slug', 'description'] as const) if (given[part] === null) throw notNull(part)
  const { languageCode } = given
  const slug =
    typeof given.slug === 'string' ? freeSlug(state, listing, languageCode, toSlug(given.slug)) : undefined
  const existing = translations.find((one) => one.languageCode === languageCode)
  if (existing !== undefined) {
    existing.name = given.name ?? existing.name
    existing.slug = slug ?? existing.slug
    existing.description = given.description ?? existing.description
    existing.updatedAt = at
    return
  }
  // A language that is not there yet has to come whole.
  if (typeof given.name !== 'string') throw notNull('name', 'INTERNAL_SERVER_ERROR')
  if (slug === undefined) throw notNull('slug', 'INTERNAL_SERVER_ERROR')
  if (typeof given.description !== 'string') throw notNull('description', 'INTERNAL_SERVER_ERROR')
  const { name, description } = given
  const id = `${listing.id}0${translations.length + 5}`
  translations.push({ id, languageCode, name, slug, description, updatedAt: at })
}

/** Old orders go on naming its variants. */
export function deleteListing({ state, onChange }: DemoShopWorld, id: string) {
  const listing = state.listings.find((one) => one.id === id && !one.deleted)
  if (listing === undefined) throw notFound('Product', id)
  listing.deleted = true
  onChange()
  return { result: 'DELETED', message: null }
}

/** What another product has in this language gets a number. */
function freeSlug(state: DemoShopState, listing: DemoListing, languageCode: string, wanted: string): string {
  const taken = new Set(
    state.listings
      .filter(({ id, deleted }) => id !== listing.id && !deleted)
      .flatMap(({ translations }) => translations)
      .filter((one) => one.languageCode === languageCode)
      .map(({ slug }) => slug),
  )
  let slug = wanted
  for (let n = 2; taken.has(slug); n++) slug = `${wanted}-${n}`
  return slug
}

/** All of them or none. */
export function updateVariants(
  { state, now, onChange }: DemoShopWorld,
  inputs: readonly VariantInput[],
  currencies: readonly string[],
): FoundVariant[] {
  const changed = inputs.map((input) => {
    const found = findVariant(state.listings, input.id)
    if (found === null || found.listing.deleted) throw notFound('ProductVariant', input.id)
    return { ...found, next: changeVariant(found.variant, input, currencies, now()) }
  })
  for (const { variant, next } of changed) Object.assign(variant, next)
  onChange()
  return changed.map(({ listing, variant }) => ({ listing, variant }))
}

function changeVariant(
  variant: DemoVariant,
  input: VariantInput,
  currencies: readonly string[],
  at: number,
): DemoVariant {
  const next = structuredClone(variant)
  next.enabled = input.enabled ?? next.enabled
  next.sku = input.sku ?? next.sku
  next.trackInventory = input.trackInventory ?? next.trackInventory
  for (const { languageCode, name } of input.translations ?? []) {
    const existing = next.names.find((one) => one.languageCode === languageCode)
    if (existing !== undefined) existing.name = name ?? existing.name
    else next.names.push({ languageCode, name: name ?? '' })
  }
  const [main = ''] = currencies
  if (typeof input.price === 'number')
    writePrice(next, { currencyCode: main, price: input.price }, currencies)
  for (const price of input.prices ?? []) writePrice(next, price, currencies)
  if (typeof input.stockOnHand === 'number') writeStock(next, STOCK_LOCATION, input.stockOnHand)
  for (const level of input.stockLevels ?? []) writeStock(next, level.stockLocationId, level.stockOnHand)
  next.updatedAt = at
  return next
}

function writePrice(
  variant: DemoVariant,
  wanted: { currencyCode: string; price: number; delete?: boolean | null },
  currencies: readonly string[],
): void {
  const { currencyCode, price } = wanted
  const others = variant.prices.filter((one) => one.currencyCode !== currencyCode)
  if (wanted.delete === true) {
    variant.prices = others
    return
  }
  if (!currencies.includes(currencyCode))
    throw badInput(`The currency "${currencyCode}" is not available in the current Channel`)
  const existing = variant.prices.find((one) => one.currencyCode === currencyCode)
  if (existing !== undefined) existing.price = price
  else variant.prices.push({ currencyCode, price })
}

function writeStock(variant: DemoVariant, stockLocationId: string, stockOnHand: number): void {
  if (stockOnHand < 0) throw badInput('stockOnHand cannot be a negative value')
  if (stockLocationId !== STOCK_LOCATION) throw new GraphQLError('FOREIGN KEY constraint failed')
  variant.stockOnHand = stockOnHand
}

function notNull(column: string, code?: string): GraphQLError {
  const extensions = code === undefined ? {} : { code }
  return new GraphQLError(`NOT NULL constraint failed: product_translation.${column}`, { extensions })
}
