// Records real answers of the peer into recorded/*.json: npx tsx tests/peers/vendure/record.ts
// The connector's unit tests read them, so that they need no server. Tokens are replaced; nothing else is changed.
import { installVendurePeer, startVendurePeer } from './peer.ts'
import { loginMutation } from './peer-api.ts'
import { recordErrors, recordListing, recordOrderChanges } from './record-changes.ts'
import { recordFulfillments, recordOrders } from './record-orders.ts'
import * as ask from './record-queries.ts'
import { openRecorder } from './recorder.ts'

await installVendurePeer()
const peer = await startVendurePeer()
try {
  const { orders, products } = await peer.seed({ products: 4, orders: 16, stock: 50 })
  const recorder = openRecorder(peer, products, orders)
  const { record } = recorder
  const { adminUser: username, adminPassword: password } = peer
  const page = { query: ask.orders, variables: ask.ordersPage(5) }

  await record('login-ok', { query: loginMutation, variables: { username, password }, token: null })
  const wrong = { username, password: 'wrong' }
  await record('login-wrong-password', { query: loginMutation, variables: wrong, token: null })
  await record('active-channel', { query: ask.activeChannel })
  await record('forbidden-no-session', { ...page, token: null })
  await record('forbidden-bad-token', { ...page, token: 'not-a-session' })
  await record('bad-channel-token', {
    query: ask.activeChannel,
    headers: { 'vendure-token': 'no-such-channel' },
  })

  await recordOrders(recorder)
  await recordFulfillments(recorder)
  await recordErrors(recorder)
  await recordOrderChanges(recorder)
  await recordListing(recorder)

  await record('logout', { query: 'mutation Logout { logout { success } }' })
  await record('forbidden-expired-session', page)
} finally {
  await peer.stop()
}
