import {
  deleteListing,
  updateListing,
  updateVariants,
  type ProductInput,
  type VariantInput,
} from '#main/demo/change-demo-listing.ts'
import { findVariant } from '#main/demo/demo-listings.ts'
import type { DemoShopWorld } from '#main/demo/demo-shop-state.ts'
import { listDemoListings, listDemoVariants } from '#main/demo/list-demo-listings.ts'
import type { ListOptions } from '#main/demo/page-demo-list.ts'
import { badInput } from '#main/demo/refuse-demo-request.ts'
import { showListing, showStockLocation, showVariant, type Showing } from '#main/demo/show-demo-listing.ts'

interface List {
  options?: ListOptions | null
}

/** The product part of the schema: what each query and mutation does. */
export function listingResolvers(world: DemoShopWorld, currencies: readonly string[], showing: Showing) {
  const { state } = world
  return {
    products: ({ options }: List) => {
      const { items, totalItems } = listDemoListings(state.listings, options ?? {}, showing.locale)
      return { totalItems, items: items.map((listing) => showListing(listing, showing)) }
    },
    product: ({ id, slug }: { id?: string | null; slug?: string | null }) => {
      if ((id ?? slug ?? null) === null) throw badInput('Either the Product id or slug must be provided')
      const listing = state.listings.find((one) => {
        if (one.deleted) return false
        return typeof id === 'string' ? one.id === id : one.translations.some((each) => each.slug === slug)
      })
      return listing === undefined ? null : showListing(listing, showing)
    },
    productVariants: ({ options, productId }: List & { productId?: string | null }) => {
      const { items, totalItems } = listDemoVariants(state.listings, options ?? {}, productId ?? null)
      return { totalItems, items: items.map((item) => showVariant(item, showing)) }
    },
    productVariant: ({ id }: { id: string }) => {
      const found = findVariant(state.listings, id)
      return found === null || found.listing.deleted ? null : showVariant(found, showing)
    },
    stockLocations: () => ({ items: [showStockLocation()], totalItems: 1 }),
    updateProduct: ({ input }: { input: ProductInput }) => showListing(updateListing(world, input), showing),
    deleteProduct: ({ id }: { id: string }) => deleteListing(world, id),
    updateProductVariants: ({ input }: { input: VariantInput[] }) =>
      updateVariants(world, input, currencies).map((changed) => showVariant(changed, showing)),
    updateProductVariant: ({ input }: { input: VariantInput }) =>
      updateVariants(world, [input], currencies).map((changed) => showVariant(changed, showing))[0],
  }
}
