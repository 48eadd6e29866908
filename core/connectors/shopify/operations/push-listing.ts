import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import { listOpenTexts, type TextChange } from '#core/connectors/_kit/open-texts.ts'
import type { Operation, Step } from '#core/connectors/_kit/operation.ts'
import {
  pushChange,
  write,
  type Plan,
  type ReadListing,
} from '#core/connectors/shopify/operations/push-change.ts'
import { pushTranslations } from '#core/connectors/shopify/operations/push-translations.ts'

type Name = 'push-listing'

const UPDATE = `mutation UpdateProduct($product: ProductUpdateInput!) {
  productUpdate(product: $product) { product { id } userErrors { field message } }
}`

/** Texts of a product: those of the shop's own language are the product's, all others are translations of them. */
export const pushListing: Operation<OperationInput<Name>, OperationOutput<Name>> = function* (input) {
  return yield* pushChange(input.listingRemoteId, (read) => plan(read, input.changes))
}

function plan(read: ReadListing, changes: readonly TextChange[]): Plan {
  const open = listOpenTexts(read.listing, changes)
  if (open === 'moved') return ok('moved')
  if (open.length === 0) return ok('already')
  const { mainLocale, locales } = read.shop
  // A text in a language that buyers do not see would be taken and never shown again.
  const strange = open.find(({ locale }) => locale !== mainLocale && !locales.includes(locale))
  return strange === undefined
    ? ok(() => writeTexts(read, open))
    : err(
        issue('invalid-input', { reason: 'locale-unknown', field: 'changes', remoteMessage: strange.locale }),
      )
}

/** The own language first: translations are given for the text as it is then. */
function* writeTexts({ listing, shop }: ReadListing, open: readonly TextChange[]): Step<'written'> {
  const own = open.filter(({ locale }) => locale === shop.mainLocale)
  const others = open.filter(({ locale }) => locale !== shop.mainLocale)
  if (own.length > 0) {
    const texts = own.map(({ part, value }) => [part === 'title' ? 'title' : 'descriptionHtml', value])
    const product = { id: listing.remoteId, ...Object.fromEntries(texts) } as unknown
    const written = yield* write({
      ...{ name: 'UpdateProduct', field: 'productUpdate', query: UPDATE, variables: { product } },
    })
    if (!written.ok) return written
  }
  return others.length === 0 ? ok('written') : yield* pushTranslations(listing.remoteId, others)
}
