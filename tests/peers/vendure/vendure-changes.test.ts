// Relative: this folder is a package of its own, so '#tests/' would not be ours.
<<<<<<<< HEAD:tests/peers/vendure/vendure-catalogue.test.ts
import { describeVendureShop } from '../../conformance/vendure-shop.suite.ts'
import { describeListings } from '../../conformance/vendure-listings.suite.ts'
import { describeOrderWrites } from '../../conformance/vendure-order-writes.suite.ts'
import { describePushing } from '../../conformance/vendure-push.suite.ts'
import { listPeerHandles } from './peer-handles.ts'
import { installVendurePeer, startVendurePeer } from './peer.ts'

// A shop of its own: the other suite pulls all of its orders one at a time.
describeVendureShop(
  'listings and what is written, against a real Vendure',
  async () => {
    await installVendurePeer()
    const peer = await startVendurePeer()
    await peer.seed({ products: 3, variantsPerProduct: 2, stock: 10_000 })
    return { ...listPeerHandles(peer), stop: () => peer.stop() }
  },
  // Orders first: the others hide products, which nobody can order then.
  [describeOrderWrites, describeListings, describePushing],
)
========
import { describeVendureChanges } from '../../conformance/vendure-changes.suite.ts'
import { installVendurePeer, startVendurePeer } from './peer.ts'

describeVendureChanges('the listings of a real Vendure', async () => {
  await installVendurePeer()
  const peer = await startVendurePeer()
  await peer.seed({ products: 9, variantsPerProduct: 2, stock: 10_000 })
  return {
    baseUrl: peer.baseUrl,
    username: peer.adminUser,
    password: peer.adminPassword,
    placeOrder: async () => (await peer.seedOrders(1))[0]!,
    stop: () => peer.stop(),
  }
})
>>>>>>>> 05c09ca (refactor: names of the suite of changes; the demo's own client is beside the demo):tests/peers/vendure/vendure-changes.test.ts
