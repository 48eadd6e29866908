import { expect, it } from 'vitest'
import { amazonSession } from '#core/connectors/amazon/session.ts'

const settings = { region: 'eu', clientId: 'client' }
const secrets = { clientSecret: 'secret', refreshToken: 'refresh' }

/** What signing in comes to when this is the answer. */
function signIn(text: string) {
  const work = amazonSession.signIn({ settings, secrets, now: 0 })
  work.next()
  const step = work.next({ kind: 'answer', status: 200, headers: {}, text, receivedAt: 0 })
  return step.done === true ? step.value : null
}

it('a token that is cut off on its way may be well the next time; one that is none is not', () => {
  expect(signIn('{"access_token":"at-1","expires_in":36')).toMatchObject({ error: { code: 'remote-down' } })
  expect(signIn('{"token":"at-1"}')).toMatchObject({
    error: { code: 'unsupported', reason: 'no-session-token' },
  })
  expect(signIn('{"access_token":"at-1","expires_in":3600}')).toMatchObject({ ok: true })
})
