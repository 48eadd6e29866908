import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import { listOpenTexts, type TextChange } from '#core/connectors/_kit/open-texts.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { slugOfTitle } from '#core/connectors/vendure/mapping/slug.ts'
import { pushChange, type Plan, type ReadListing } from '#core/connectors/vendure/operations/push-change.ts'
import { languageOfLocale } from '#core/connectors/vendure/units.ts'

type Name = 'push-listing'

const UPDATE = `mutation UpdateProduct($input: UpdateProductInput!) { updateProduct(input: $input) { id } }`

/** Texts of a product, as they are: Vendure keeps markup unchanged. Variants have names of their own, which stay. */
export const pushListing: Operation<OperationInput<Name>, OperationOutput<Name>> = function* (
  input,
  context,
) {
  return yield* pushChange(context.settings, input.listingRemoteId, (read) => plan(read, input.changes))
}

function plan(read: ReadListing, changes: readonly TextChange[]): Plan {
  const open = listOpenTexts(read.listing, changes)
  if (open === 'moved') return ok('moved')
  if (open.length === 0) return ok('already')
  const translations: Translation[] = []
  for (const locale of new Set(open.map((change) => change.locale))) {
    const translation = toTranslation(read, locale, open)
    if (!translation.ok) return translation
    translations.push(translation.value)
  }
  const variables = { input: { id: read.wire.id, translations } }
  return ok({ name: 'UpdateProduct', query: UPDATE, variables })
}

/** Vendure's `ProductTranslationInput`: what is not given stays, in a language that is there. */
interface Translation {
  languageCode: string
  name?: string
  slug?: string
  description?: string
}

function toTranslation(read: ReadListing, locale: string, open: readonly TextChange[]): Result<Translation> {
  const part = (name: TextChange['part']): string | undefined =>
    open.find((change) => change.locale === locale && change.part === name)?.value
  const [title, description] = [part('title'), part('description')]
  const languageCode = languageOfLocale(locale)
  if (Object.hasOwn(read.listing.contents, locale))
    return ok({
      languageCode,
      ...(title === undefined ? {} : { name: title }),
      ...(description === undefined ? {} : { description }),
    })
  // A new language needs all three: the shop's tables take no null.
  if (title === undefined) return err(issue('invalid-input', { reason: 'title-empty', field: 'changes' }))
  const slug = slugOfTitle(title, read.wire.id)
  return ok({ languageCode, name: title, slug, description: description ?? '' })
}
