import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { TextChange } from '#core/connectors/_kit/open-texts.ts'
import type { Step } from '#core/connectors/_kit/operation.ts'
import { parseWith, readField } from '#core/connectors/_kit/parse-items.ts'
import { contentWireSchema } from '#core/connectors/shopify/listing-wire.ts'
import { TEXT_KEYS } from '#core/connectors/shopify/mapping/listing.ts'
import { write } from '#core/connectors/shopify/operations/push-change.ts'
import { askFor, unreadable } from '#core/connectors/shopify/operations/read-list.ts'

const DIGESTS = `query ReadDigests($id: ID!) {
  translatableResource(resourceId: $id) { translatableContent { key digest } }
}`

const REGISTER = `mutation RegisterTranslations($id: ID!, $translations: [TranslationInput!]!) {
  translationsRegister(resourceId: $id, translations: $translations) {
    translations { key } userErrors { field message code }
  }
}`

const REMOVE = `mutation RemoveTranslations($id: ID!, $locales: [String!]!, $keys: [String!]!) {
  translationsRemove(resourceId: $id, locales: $locales, translationKeys: $keys) {
    translations { key } userErrors { field message code }
  }
}`

/** Texts in languages other than the shop's own. An empty one takes the translation away: Shopify keeps none that is blank. */
export function* pushTranslations(id: string, changes: readonly TextChange[]): Step<'written'> {
  for (const { locale, part } of changes.filter(({ value }) => value === '')) {
    const variables = { id, locales: [locale], keys: [TEXT_KEYS[part]] }
    const removed = yield* write({
      ...{ name: 'RemoveTranslations', field: 'translationsRemove', query: REMOVE, variables },
    })
    if (!removed.ok) return removed
  }
  const filled = changes.filter(({ value }) => value !== '')
  return filled.length === 0 ? ok('written') : yield* register(id, filled)
}

/** A translation is given for the very text that it was made of; when that changes in between, its new digest is asked for once more. */
function* register(id: string, changes: readonly TextChange[]): Step<'written'> {
  for (let attempt = 1; ; attempt += 1) {
    const digests = yield* readDigests(id)
    if (!digests.ok) return digests
    const translations = []
    for (const { locale, part, value } of changes) {
      const key = TEXT_KEYS[part]
      const translatableContentDigest = digests.value.get(key)
      if (translatableContentDigest === undefined)
        return err(issue('invalid-input', { reason: 'nothing-to-translate', field: 'changes' }))
      translations.push({ locale, key, value, translatableContentDigest })
    }
    const written = yield* write({
      ...{ name: 'RegisterTranslations', field: 'translationsRegister', query: REGISTER },
      variables: { id, translations },
    })
    if (written.ok || written.error.remoteCode !== STALE_DIGEST || attempt === 2) return written
  }
}

const STALE_DIGEST = 'INVALID_TRANSLATABLE_CONTENT'

/** By key; a text that is empty has none. */
function* readDigests(id: string): Step<Map<string, string>> {
  const answer = yield* askFor({ name: 'ReadDigests', query: DIGESTS }, { id })
  if (!answer.ok) return answer
  const content = readField(answer.value['translatableResource'], 'translatableContent')
  const wire = parseWith(contentWireSchema, content)
  if (!wire.ok) return err(unreadable('translatableContent', wire.error))
  return ok(new Map(wire.value.flatMap(({ key, digest }) => (digest === null ? [] : [[key, digest]]))))
}
