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
  return issue('invalid-input', {
    reason: 'refused',
    remoteCode: typeof code === 'string' ? code.slice(0, 200) : undefined,
    remoteMessage: messages.join('; ').slice(0, 2000),
  })
}
