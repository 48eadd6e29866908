import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import { issueOfResponse } from '#core/connectors/_kit/http-issue.ts'
import type { HttpResponse, Session, SessionScheme, Step } from '#core/connectors/_kit/operation.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import { tokenWireSchema } from '#core/connectors/shopify/wire.ts'

/** Client-credentials tokens say how long they hold (24 h); one that does not is taken to hold this long. */
const UNSAID_LIFE_S = 3_600

/**
 * A token of a custom app (`shpat_…`) holds until it is taken back; an app of the Dev Dashboard gets one for a day with its id and
 * secret, for shops of its own organisation (reference: shopify.dev, "Client credentials grant").
 */
export const shopifySession: SessionScheme = {
  *signIn({ settings, secrets, now }) {
    const kept = (secrets['accessToken'] ?? '').trim()
    if (kept !== '') return ok({ headers: headersOf(kept) })
    const clientId = settings['clientId'] ?? ''
    const clientSecret = (secrets['clientSecret'] ?? '').trim()
    if (clientSecret === '') return err(issue('invalid-input', { reason: 'missing', field: 'clientSecret' }))
    if (clientId === '') return err(issue('invalid-input', { reason: 'missing', field: 'clientId' }))
    return yield* askToken(clientId, clientSecret, now)
  },

  isRefused: (response) => response.kind === 'answer' && response.status === 401,
}

function* askToken(clientId: string, clientSecret: string, now: number): Step<Session> {
  const response = yield {
    method: 'POST',
    url: '/admin/oauth/access_token',
    headers: { accept: 'application/json' },
    json: { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' },
    // 'read': a token whose answer was lost is simply asked for again.
    effect: 'read',
    timeoutMs: 30_000,
    name: 'AccessToken',
  }
  const failed = issueOfResponse(response, 'read')
  if (failed !== null)
    // Wrong id or secret, or an app that is not installed in this shop.
    return err(isRefusal(response) ? { ...failed, code: 'auth', reason: 'wrong-app-keys' } : failed)
  const body = response.kind === 'answer' ? parseJson(response.text) : undefined
  // Cut off on its way, or of something else that stands before the shop: it may be well the next time.
  if (body === undefined) return err(issue('remote-down', { reason: 'cut-off' }))
  const token = parseWith(tokenWireSchema, body)
  if (!token.ok) return err(issue('unsupported', { reason: 'no-session-token', remoteMessage: token.error }))
  const expiresAt = now + (token.value.expires_in ?? UNSAID_LIFE_S) * 1000
  return ok({ headers: headersOf(token.value.access_token), expiresAt })
}

function headersOf(token: string): Session['headers'] {
  return { 'x-shopify-access-token': token }
}

function isRefusal(response: HttpResponse): boolean {
  return response.kind === 'answer' && [400, 401, 403].includes(response.status)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
