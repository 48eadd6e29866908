// Relative: this folder is a package of its own, so '#tests/' would not be ours.
import { describeVendureShop } from '../../conformance/vendure-shop.suite.ts'
import { listPeerHandles } from './peer-handles.ts'
import { installVendurePeer, startVendurePeer } from './peer.ts'

describeVendureShop('the Vendure connector against a real Vendure', async () => {
  await installVendurePeer()
  const peer = await startVendurePeer()
  await peer.seed({ products: 3, variantsPerProduct: 2, stock: 10_000 })
  return { ...listPeerHandles(peer), stop: () => peer.stop() }
})
