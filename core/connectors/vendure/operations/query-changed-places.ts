import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { RejectedItem } from '#core/contracts/operations.ts'
import type { Settings, Step } from '#core/connectors/_kit/operation.ts'
import { callGraphql } from '#core/connectors/_kit/graphql.ts'
import { parseItems, parseWith, readField } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/vendure/issues.ts'
import {
  judgePage,
  type ChangesCursor,
  type ReadList,
} from '#core/connectors/vendure/operations/catalogue-cursor.ts'
import { listOptions, readPlaces, takeOf } from '#core/connectors/vendure/operations/catalogue-list.ts'
import { listingPlaceSchema, offerPlaceSchema } from '#core/connectors/vendure/wire.ts'

const QUERY = `query PullChangedListings($products: ProductListOptions, $variants: ProductVariantListOptions) {
  products(options: $products) { items { id updatedAt } }
  productVariants(options: $variants) { items { id productId updatedAt } }
}`

export interface ChangedPlaces {
  products: ReadList
  variants: ReadList
  /** Products that changed, or whose variants did. */
  ids: string[]
  /** Items that do not say which product they are about. */
  rejected: RejectedItem[]
}

/** Asks in one request what changed in both lists: read at one moment, they may hold one checkpoint. */
export function* readChangedPlaces(
  settings: Settings,
  cursor: ChangesCursor,
  share: number,
): Step<ChangedPlaces> {
  // Together not more than one read by id may bring.
  const takes = {
    products: takeOf(cursor.products, share, MOST_OF_EACH),
    variants: takeOf(cursor.variants, share, MOST_OF_EACH),
  }
  const variables = {
    products: listOptions(cursor.products, takes.products, 'updatedAt', 'slug'),
    variants: listOptions(cursor.variants, takes.variants, 'updatedAt', 'sku'),
  }
  const answer = yield* callGraphql(adminApi(settings), {
    name: 'PullChangedListings',
    query: QUERY,
    variables,
    effect: 'read',
  })
  if (!answer.ok) return answer
  const products = readField(answer.value['products'], 'items')
  const variants = readField(answer.value['productVariants'], 'items')
  if (!Array.isArray(products) || !Array.isArray(variants))
    return err(issue('malformed', { reason: 'unreadable-answer', field: 'items' }))
  const changed = parseItems(products, (item) => parseWith(listingPlaceSchema.pick({ id: true }), item))
  const touched = parseItems(variants, (item) => parseWith(offerPlaceSchema.pick({ productId: true }), item))
  const ids = [...changed.items.map(({ id }) => id), ...touched.items.map(({ productId }) => productId)]
  return ok({
    products: judgePage(cursor.products, readPlaces(products, listingPlaceSchema, asPlace), takes.products),
    variants: judgePage(cursor.variants, readPlaces(variants, offerPlaceSchema, asPlace), takes.variants),
    ids: [...new Set(ids)],
    // A variant's id is not a listing's.
    rejected: [...changed.rejected, ...touched.rejected.map((item) => ({ ...item, remoteId: '' }))],
  })
}

const MOST_OF_EACH = 250

function asPlace({ id, updatedAt }: { id: string; updatedAt: number }): { id: string; updatedAt: number } {
  return { id, updatedAt }
}
