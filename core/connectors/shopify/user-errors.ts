import { issue, type Issue } from '#core/shared/issue.ts'
import { readField } from '#core/connectors/_kit/parse-items.ts'

/**
 * `userErrors` of a mutation's result, as one issue: the business refused and changed nothing. Null when there are none, also when the list
 * itself is missing: then the result decides.
 */
export function readUserErrors(result: unknown): Issue | null {
  const errors = readField(result, 'userErrors')
  if (!Array.isArray(errors) || errors.length === 0) return null
  const messages = errors.map((each) => readField(each, 'message')).filter((each) => typeof each === 'string')
  const code = readField(errors[0], 'code')
  const field = readField(errors[0], 'field')
  const remoteCode = typeof code === 'string' ? code : ''
  return issue('invalid-input', {
    reason: Object.hasOwn(REASONS, remoteCode) ? REASONS[remoteCode] : 'refused',
    ...(Array.isArray(field) && field.length > 0 ? { field: field.join('.').slice(0, 200) } : {}),
    ...(remoteCode === '' ? {} : { remoteCode: remoteCode.slice(0, 200) }),
    remoteMessage: messages.join('; ').slice(0, 2000),
  })
}

/** Codes of `userErrors` whose cause has words of its own here. */
const REASONS: Readonly<Record<string, string>> = {
  INVALID_LOCALE_FOR_SHOP: 'locale-unknown',
  INVALID_CODE: 'locale-unknown',
  INVALID_FORMAT: 'locale-unknown',
  PRICE_LIST_CURRENCY_MISMATCH: 'price-currency',
  PRICE_LIST_NOT_FOUND: 'market-gone',
}
