import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { SessionScheme } from '#core/connectors/_kit/operation.ts'
import { graphqlRequest, readErrorResult, readGraphql } from '#core/connectors/_kit/graphql.ts'
import { readField } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/vendure/issues.ts'

const LOGIN = `mutation Login($username: String!, $password: String!) {
  login(username: $username, password: $password) { ... on CurrentUser { id } ... on ErrorResult { errorCode message } }
}`

/** Vendure answers a login with a session token in a header; it goes along as a bearer token. */
export const vendureSession: SessionScheme = {
  *signIn({ settings, secrets }) {
    const api = adminApi(settings)
    // 'read': a login whose answer was lost is simply done again.
    const variables = { username: settings['username'] ?? '', password: secrets['password'] ?? '' }
    const response = yield graphqlRequest(api, { name: 'Login', query: LOGIN, variables, effect: 'read' })
    const read = readGraphql(response, api, 'read')
    if (!read.ok) return err(api.refine?.(read.error, response) ?? read.error)
    const refused = readErrorResult(read.value['login'], api)
    if (refused !== null) return err(refused)
    const token = response.kind === 'answer' ? response.headers['vendure-auth-token'] : undefined
    const userId = readField(read.value['login'], 'id')
    if (token === undefined || token === '' || userId === undefined)
      // Cookie-only shops (`tokenMethod: 'cookie'`) send no token.
      return err(issue('unsupported', { reason: 'no-session-token' }))
    return ok({ headers: { authorization: `Bearer ${token}` } })
  },

  /** No or expired session: HTTP 200 with FORBIDDEN (3.7.3), the same code as a missing permission. */
  isRefused(response) {
    if (response.kind === 'failure') return false
    if (response.status === 401) return true
    if (!response.text.includes('"FORBIDDEN"')) return false
    const read = readGraphql(response, { codes: { FORBIDDEN: { code: 'auth' } } }, 'read')
    return !read.ok && read.error.code === 'auth'
  },
}
