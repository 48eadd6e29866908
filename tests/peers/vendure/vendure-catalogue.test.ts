// Relative: this folder is a package of its own, so '#tests/' would not be ours.
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
