import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import { issueOfResponse } from '#core/connectors/_kit/http-issue.ts'
import type { HttpAnswer, SessionScheme } from '#core/connectors/_kit/operation.ts'
import { parseWith, readField } from '#core/connectors/_kit/parse-items.ts'
import { parseJson } from '#core/connectors/_kit/parse-json.ts'
import { isTokenRefused } from '#core/connectors/amazon/api.ts'
import { readSettings } from '#core/connectors/amazon/settings.ts'
import { tokenWireSchema } from '#core/connectors/amazon/wire.ts'

/** Access tokens say how long they hold (one hour); one that does not is taken to hold this long. */
const UNSAID_LIFE_S = 1_800

/** What Login with Amazon calls its refusals (RFC 6749, 5.2). */
const REFUSALS: Readonly<Record<string, { reason: string; field: string }>> = {
  invalid_grant: { reason: 'authorisation-ended', field: 'refreshToken' },
  invalid_client: { reason: 'app-keys-ended', field: 'clientSecret' },
  unauthorized_client: { reason: 'app-keys-ended', field: 'clientId' },
}

/**
 * Login with Amazon: the refresh token of the seller's own app, with the app's id and secret, gives an access token for an hour
 * (reference: developer-docs.amazon.com/sp-api, "Connecting to the SP-API"). Requests are not signed beyond it.
 */
export const amazonSession: SessionScheme = {
  *signIn({ settings, secrets, now }) {
    const account = readSettings(settings)
    if (!account.ok) return account
    const given = {
      refreshToken: (secrets['refreshToken'] ?? '').trim(),
      clientId: (settings['clientId'] ?? '').trim(),
      clientSecret: (secrets['clientSecret'] ?? '').trim(),
    }
    for (const [field, value] of Object.entries(given))
      if (value === '') return err(issue('invalid-input', { reason: 'missing', field }))
    const response = yield {
      method: 'POST',
      url: account.value.tokenUrl,
      headers: { accept: 'application/json' },
      form: {
        grant_type: 'refresh_token',
        refresh_token: given.refreshToken,
        client_id: given.clientId,
        client_secret: given.clientSecret,
      },
      // 'read': a token whose answer was lost is simply asked for again.
      effect: 'read',
      timeoutMs: 30_000,
      name: 'AccessToken',
    }
    const failed = issueOfResponse(response, 'read')
    if (response.kind === 'failure') return err(failed ?? issue('remote-down'))
    if (failed !== null) return err(explain(failed, response))
    const body = parseJson(response.text)
    // Cut off on its way, or of something else that stands before Amazon: it may be well the next time.
    if (body === undefined) return err(issue('remote-down', { reason: 'cut-off' }))
    const token = parseWith(tokenWireSchema, body)
    if (!token.ok)
      return err(issue('unsupported', { reason: 'no-session-token', remoteMessage: token.error }))
    const { access_token, expires_in, refresh_token } = token.value
    return ok({
      headers: { 'x-amz-access-token': access_token },
      expiresAt: now + (expires_in ?? UNSAID_LIFE_S) * 1000,
      // As a rule it is the same.
      ...(refresh_token === '' || refresh_token === given.refreshToken
        ? {}
        : { renewed: { refreshToken: refresh_token } }),
    })
  },

  isRefused: (response) => response.kind === 'answer' && isTokenRefused(response),
}

function explain(failed: Issue, { text }: HttpAnswer): Issue {
  const body = parseJson(text)
  const error = readField(body, 'error')
  const said = readField(body, 'error_description')
  const known = typeof error === 'string' && Object.hasOwn(REFUSALS, error) ? REFUSALS[error] : undefined
  if (known === undefined)
    return failed.code === 'not-found' ? { ...failed, code: 'remote-down', reason: 'no-api-here' } : failed
  return issue('auth', {
    ...known,
    remoteCode: String(error),
    remoteMessage: typeof said === 'string' ? said.slice(0, 2000) : undefined,
  })
}
